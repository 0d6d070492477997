"""`autolr runs`: what the database knows of runs."""

from typing import Annotated

import typer

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import print_fields, print_json, print_table, time_text
from backend.experiments.errors import NotFound
from backend.experiments.overview import RunOverview, overviews
from backend.experiments.progress import as_document, run_document
from backend.store.lists import RunOrder, runs_page
from backend.store.runs import RunState

commands = typer.Typer(no_args_is_help=True, help="List and show runs.")

_COLUMNS = ("id", "name", "problem", "seed", "state", "generation", "best_fitness", "seconds", "benchmark")
_TIMES = ("created_at", "finished_at")


@commands.command("list")
def list_runs(
    state: Annotated[RunState | None, typer.Option(help="Only runs in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many, newest first.")] = 50,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """List runs, newest first."""
    states = [] if state is None else [str(state)]
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        rows = runs_page(session, order=RunOrder.CREATED_AT, limit=limit, states=states)
        found = overviews(session, rows)
    documents = [as_document(overview) for overview in found]
    if as_json:
        print_json({"items": documents, "next_page_token": None})
        return
    for document, overview in zip(documents, found, strict=True):
        document["generation"] = f"{overview.generation} of {overview.generations}"
        document["benchmark"] = _standing(overview)
    print_table(_COLUMNS, [[document[column] for column in _COLUMNS] for document in documents])


def _standing(overview: RunOverview) -> str | None:
    """Return how the benchmarks of the run's experiment stand: the verdict, or why there is none."""
    said = [(each, each.message or each.headline) for each in overview.benchmarks]
    return "; ".join(f"{each.id} {each.state}{f': {words}' if words else ''}" for each, words in said) or None


@commands.command("show")
def show_run(
    run_id: Annotated[int, typer.Argument(help="The run's number.")],
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Show a run."""
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        try:
            document: dict[str, object] = {**run_document(session, run_id)}
        except NotFound as error:
            raise Failure(str(error)) from None
    if as_json:
        print_json(document)
        return
    times = {name: time_text(value) for name, value in document.items() if name in _TIMES}  # type: ignore[arg-type]
    print_fields({**document, **times})
