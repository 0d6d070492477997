"""Benchmarks: order one, see how far it is and what came out, take every trial along."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from sqlalchemy.orm import Session

from backend.api.documents.benchmark_presets import BenchmarkPresetDocument, benchmark_preset_document
from backend.api.documents.benchmark_previews import BenchmarkPreviewDocument, benchmark_preview_document
from backend.api.documents.benchmarks import (
    BenchmarkDetailDocument,
    BenchmarkDocument,
    benchmark_detail_document,
    benchmark_document,
)
from backend.api.documents.document import Page
from backend.api.existing import existing_benchmark
from backend.api.failures import WRITING, failures
from backend.api.launched import launched
from backend.api.paging import NUMBER_KEY, Paged, page_of, read_token
from backend.api.parameters import BenchmarkId, SentOnPurpose
from backend.api.routes.experiments import IdempotencyKey
from backend.api.services import UsesDatabase, UsesServices
from backend.experiments.benchmark_columns import scores_csv, trials_csv
from backend.experiments.benchmark_configuration import BenchmarkOrder, ResolvedBenchmark
from backend.experiments.benchmark_control import cancel_benchmark as cancel
from backend.experiments.benchmark_launch import launch_benchmark
from backend.experiments.benchmark_overview import benchmark_detail, benchmark_overviews
from backend.experiments.benchmark_presets import benchmark_presets
from backend.experiments.benchmark_preview import preview_benchmark as preview
from backend.store import benchmarks, trials

router = APIRouter(prefix="/benchmarks", tags=["benchmarks"])


def _table(example: str) -> dict[int | str, dict[str, Any]]:
    """Return how a reply in comma-separated values is described."""
    content = {"text/csv": {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": "Comma-separated values, with a header.", "content": content}, **failures(404)}


_TRIALS = _table(
    "problem,round,trial,seed,contender,score,reason,epochs,best_val_accuracy,smallest_val_loss,seconds,evaluation_id\n"
    "mnist-1d,1,1,4817325,evolved,0.5919,,30,0.61,1.07,1.9,17\n"
)
_SCORES = _table("problem,round,trial,seed,evolved,Adam\nmnist-1d,1,1,4817325,0.5919,0.5875\n")

ExampleBenchmark = Annotated[
    BenchmarkOrder,
    Body(
        openapi_examples={
            "preset": {"summary": "A preset as it is", "value": {"preset": "gp-2025-comparison", "seed": 1}},
            "individual": {
                "summary": "A preset with an evolved individual in the place of its finalist",
                "value": {
                    "preset": "gp-2025-comparison",
                    "finalists": [{"label": "individual 44", "individual": 44}],
                },
            },
            "own": {
                "summary": "A declaration of one's own",
                "value": {
                    "overrides": {
                        "problems": ["mnist-1d"],
                        "contenders": [
                            {"label": "evolved", "phenotype": "if_func(epoch < 12, 0.0506, 0.0011)"},
                            {"label": "constant", "schedule": "constant", "constants": {"learning_rate": 0.01}},
                        ],
                        "finalists": ["evolved"],
                        "trials": 10,
                    },
                    "name": "evolved against constant",
                },
            },
        }
    ),
]


@router.post("", status_code=202, responses=WRITING)
def create_benchmark(
    order: ExampleBenchmark, services: UsesServices, response: Response, idempotency_key: IdempotencyKey = None
) -> BenchmarkDetailDocument:
    """Order a benchmark: its trials begin at once, or when there is a worker."""
    made = launched(
        services.database, idempotency_key, lambda session: launch_benchmark(session, order, idempotency_key)
    )
    # Only now: a worker that is quick must find the evaluations committed.
    services.sender.send(made.evaluation_ids)
    response.headers["Location"] = f"/api/v1/benchmarks/{made.benchmark.id}"
    return get_benchmark(made.benchmark.id, services.database)


@router.post("/preview", responses=failures(403, 413))
def preview_benchmark(order: ExampleBenchmark, database: UsesDatabase) -> BenchmarkPreviewDocument:
    """Say what an order of a benchmark would mean, cost and be able to show; nothing is stored."""
    with database.read() as session:
        return benchmark_preview_document(preview(session, order))


@router.get("")
def list_benchmarks(database: UsesDatabase, paged: Paged) -> Page[BenchmarkDocument]:
    """List benchmarks, newest first."""
    after = read_token(paged.token, "benchmarks", NUMBER_KEY)
    with database.read() as session:
        rows = benchmarks.page(session, after=after, limit=paged.size + 1)
        page, token = page_of(rows, paged.size, "benchmarks", lambda row: row.id)
        items = [benchmark_document(found) for found in benchmark_overviews(session, page)]
    return Page(items=items, next_page_token=token)


@router.get("/presets")
def list_benchmark_presets() -> Page[BenchmarkPresetDocument]:
    """List the presets of benchmarks, quickest first."""
    return Page(items=[benchmark_preset_document(preset) for preset in benchmark_presets()])


@router.get("/{benchmark_id}", responses=failures(404))
def get_benchmark(benchmark_id: BenchmarkId, database: UsesDatabase) -> BenchmarkDetailDocument:
    """Get a benchmark with its table, live while it runs, and its verdicts once it has finished."""
    with database.read() as session:
        return benchmark_detail_document(benchmark_detail(session, existing_benchmark(session, benchmark_id)))


@router.post("/{benchmark_id}/cancel", status_code=202, responses=failures(404) | WRITING, dependencies=[SentOnPurpose])
def cancel_benchmark(benchmark_id: BenchmarkId, services: UsesServices) -> BenchmarkDetailDocument:
    """Cancel a benchmark: it ends now without a verdict; finished trials are kept."""
    with services.database.write() as session:
        cancel(session, benchmark_id)
    return get_benchmark(benchmark_id, services.database)


@router.get("/{benchmark_id}/trials.csv", response_class=Response, responses=_TRIALS)
def get_benchmark_trials(benchmark_id: BenchmarkId, database: UsesDatabase) -> Response:
    """Get every finished trial, a row each."""
    with database.read() as session:
        return _csv(session, benchmark_id, trials_csv, with_results=True)


@router.get("/{benchmark_id}/scores.csv", response_class=Response, responses=_SCORES)
def get_benchmark_scores(benchmark_id: BenchmarkId, database: UsesDatabase) -> Response:
    """Get the scores of all trials, a column a contender: two columns are all that a test needs."""
    with database.read() as session:
        return _csv(session, benchmark_id, scores_csv, with_results=False)


def _csv(session: Session, benchmark_id: int, written: Any, *, with_results: bool) -> Response:
    benchmark = existing_benchmark(session, benchmark_id)
    rows = trials.of_benchmark(session, benchmark_id, with_results=with_results)
    text = written(benchmark, ResolvedBenchmark.of_json(benchmark.configuration), rows)
    return Response(text, media_type="text/csv; charset=utf-8")
