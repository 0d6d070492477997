"""The addresses of the pages. Each gets its shell and what never changes; what lives is fetched from the API."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from backend.experiments.errors import NotFound
from backend.pages.assets import UnchangingFiles, plotly_script, plotly_url, static_url
from backend.pages.errors import install_error_pages
from backend.pages.form import benchmark_fields, benchmark_groups, contender_fields, form_groups
from backend.pages.made_by_people import made_by_people
from backend.pages.rendering import render
from backend.pages.shown_settings import shown_settings
from backend.settings.resources import STATIC
from backend.settings.settings import Settings
from backend.store import benchmarks, individuals
from backend.store.database import Database
from backend.store.lists import RunInExperiment, run_in_experiment

# Ids in databases are 64 bits wide; a larger number in an address cannot be anybody's.
_LARGEST_ID = 2**63 - 1

# Pages that are a template alone.
_PLAIN = {
    "/": "runs.html",
    "/problems": "problems.html",
    "/grammars": "grammars.html",
    "/import": "import.html",
    "/benchmarks": "benchmarks.html",
    "/workers": "workers.html",
}


def add_pages(app: FastAPI, settings: Settings, database: Database) -> None:
    """Add the pages, their files and their way of showing errors to an app that has its API and its handlers."""
    app.add_api_route(plotly_url(), plotly_script, methods=["GET"], include_in_schema=False, response_model=None)
    app.mount(static_url(), UnchangingFiles(directory=STATIC), name="static")
    app.include_router(_router(settings, database))
    install_error_pages(app)


def _router(settings: Settings, database: Database) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    for path, template in _PLAIN.items():
        _add_plain(router, path, template)

    @router.get("/launch")
    def launch(request: Request) -> HTMLResponse:
        return render(request, "launch.html", {"groups": form_groups()})

    @router.get("/benchmarks/new")
    def new_benchmark(request: Request) -> HTMLResponse:
        context = {
            "groups": benchmark_groups(),
            "fields": benchmark_fields(),
            "contender_fields": contender_fields(),
            "made": made_by_people(),
        }
        return render(request, "benchmark_new.html", context)

    @router.get("/settings")
    def show_settings(request: Request) -> HTMLResponse:
        return render(request, "settings.html", {"settings": shown_settings(settings)})

    _add_stored(router, database)
    return router


def _add_stored(router: APIRouter, database: Database) -> None:
    """Add the pages of what is stored; one that does not exist is not found."""

    @router.get("/runs/{run_id:int}")
    def run(request: Request, run_id: int) -> HTMLResponse:
        with database.read() as session:
            found = _run(session, run_id)
        if found is None:
            raise NotFound("run", run_id)
        return render(request, "run.html", {"run_id": run_id, "evolves": _evolves(found)})

    @router.get("/individuals/{individual_id:int}")
    def individual(request: Request, individual_id: int) -> HTMLResponse:
        with database.read() as session:
            one = individuals.get(session, individual_id) if individual_id <= _LARGEST_ID else None
            found = _run(session, one.run_id) if one else None
        if found is None:
            raise NotFound("individual", individual_id)
        return render(request, "individual.html", {"individual_id": individual_id, "evolves": _evolves(found)})

    @router.get("/benchmarks/{benchmark_id:int}")
    def benchmark(request: Request, benchmark_id: int) -> HTMLResponse:
        with database.read() as session:
            found = benchmarks.get(session, benchmark_id) if benchmark_id <= _LARGEST_ID else None
        if found is None:
            raise NotFound("benchmark", benchmark_id)
        return render(request, "benchmark.html", {"benchmark_id": benchmark_id})


def _run(session: Session, run_id: int) -> RunInExperiment | None:
    return run_in_experiment(session, run_id) if run_id <= _LARGEST_ID else None


def _evolves(found: RunInExperiment) -> str:
    """Return what a run evolves: its pages show formulas where others show curves."""
    evolves: str = found.experiment.configuration["evolves"]
    return evolves


def _add_plain(router: APIRouter, path: str, template: str) -> None:
    @router.get(path)
    def page(request: Request) -> HTMLResponse:
        return render(request, template)
