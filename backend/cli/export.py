"""`autolr export`: an individual, or the best one of a run, as a Python file."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import note, write
from backend.cli.proving import proven
from backend.experiments.exporting import exported
from backend.experiments.request_proof import proof_of
from backend.export.formats import FORMATS, NotExportable
from backend.store import individuals, runs
from backend.store.lists import run_in_experiment
from backend.store.tables import Individual


def export(
    individual: Annotated[int | None, typer.Argument(help="The individual's number, as pages and API name it.")] = None,
    run_id: Annotated[int | None, typer.Option("--run", help="Instead: a run's number, for its best.")] = None,
    format_name: Annotated[str, typer.Option("--format", help=f"For which library: {', '.join(FORMATS)}.")] = "keras",
    prove: Annotated[bool, typer.Option("--prove", help="Run it beside AutoLR's own arithmetic, and wait.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else it is printed.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Write a schedule or an update rule as a Python file that needs nothing of AutoLR."""
    if (individual is None) == (run_id is None):
        raise Failure("Give either an individual's number or, with --run, that of a run whose best is wanted.")
    settings = open_settings(data_dir=data_dir)
    with current_database(settings) as database, database.read() as session:
        chosen = _chosen(session, individual, run_id)
        _source(session, chosen, format_name)  # refuses what has no such form, before anything is started
    if prove:
        note(proven(settings, chosen.id, format_name))
    with current_database(settings) as database, database.read() as session:
        source, proof = _source(session, chosen, format_name)
    if proof is not None and not prove:
        note(proof)
    write(source, output)


def _source(session: Session, individual: Individual, format_name: str) -> tuple[str, str | None]:
    """Return the file, and what came of its proof if that is known."""
    row = run_in_experiment(session, individual.run_id)
    assert row is not None, "a foreign key holds an individual to its run"
    try:
        result = proof_of(session, row, individual, format_name).result
        proof = result.text if result else None
        return exported(row, individual, format_name, proof=proof).source, proof
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
