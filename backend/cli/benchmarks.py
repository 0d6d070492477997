"""`autolr benchmarks`: what the database knows of benchmarks."""

import typer

from backend.api.documents.benchmarks import benchmark_document
from backend.cli import options
from backend.cli.opening import current_database, open_settings
from backend.cli.output import print_json, print_table
from backend.experiments.benchmark_overview import benchmark_overviews
from backend.store.benchmarks import page

_COLUMNS = ("id", "name", "state", "trainings_finished", "trainings", "headline")


def benchmarks(
    limit: int = typer.Option(50, min=1, max=10_000, help="At most so many, newest first."),
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """List benchmarks, newest first."""
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        found = benchmark_overviews(session, page(session, limit=limit))
    documents = [benchmark_document(each).model_dump(mode="json") for each in found]
    if as_json:
        print_json({"items": documents, "next_page_token": None})
        return
    print_table(_COLUMNS, [[document[column] for column in _COLUMNS] for document in documents])
