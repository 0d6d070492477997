"""`autolr export`: an individual, or the best one of a run, as a Python file."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import note, out
from backend.experiments.exporting import exported
from backend.export.formats import FORMATS, NotExportable
from backend.store import individuals, runs
from backend.store.lists import run_in_experiment
from backend.store.tables import Individual


def export(
    individual: Annotated[int | None, typer.Argument(help="The individual's number, as pages and API name it.")] = None,
    run_id: Annotated[int | None, typer.Option("--run", help="Instead: a run's number, for its best.")] = None,
    format_name: Annotated[str, typer.Option("--format", help=f"For which library: {', '.join(FORMATS)}.")] = "keras",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else it is printed.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Write a schedule or an update rule as a Python file that needs nothing of AutoLR."""
    if (individual is None) == (run_id is None):
        raise Failure("Give either an individual's number or, with --run, that of a run whose best is wanted.")
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        source = _source(session, _chosen(session, individual, run_id), format_name)
    if output is None:
        out.out(source, end="")
        return
    try:
        output.write_text(source, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{output} cannot be written: {error.strerror}.") from None
    note(f"Written: {output}")


def _source(session: Session, individual: Individual, format_name: str) -> str:
    row = run_in_experiment(session, individual.run_id)
    assert row is not None, "a foreign key holds an individual to its run"
    try:
        return exported(row, individual, format_name).source
    except NotExportable as error:
        raise Failure(str(error)) from None


def _chosen(session: Session, individual_id: int | None, run_id: int | None) -> Individual:
    number = individual_id if run_id is None else _best(session, run_id)
    found = None if number is None else individuals.get(session, number)
    if found is None:
        raise Failure(f"There is no individual {number}.")
    return found


def _best(session: Session, run_id: int) -> int:
    run = runs.get(session, run_id)
    if run is None:
        raise Failure(f"There is no run {run_id}.")
    if run.best_individual_id is None:
        raise Failure(f"Run {run_id} has no best individual yet: no generation is complete, or all of them failed.")
    return run.best_individual_id
