"""`autolr extend`: more generations for a run that has ended."""

from typing import Annotated

import typer

from backend.cli import options
from backend.cli.following import follow, place_of_runs, print_ended
from backend.cli.opening import open_settings


def extend(
    run_id: Annotated[int, typer.Argument(metavar="RUN", help="The run's number.")],
    generations: Annotated[int, typer.Option(min=1, help="How many more.")],
    watch: Annotated[bool, typer.Option("--watch", help="Show how it goes.")] = False,
    workers: options.Workers = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Let a run that has ended go on for more generations, as if it had been ordered with them."""
    with place_of_runs(open_settings(data_dir=data_dir, workers=workers)) as place:
        place.extend(run_id, generations)
        documents = follow(place, [run_id], watch)
    print_ended(documents, as_json)
