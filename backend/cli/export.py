"""`autolr export`: an individual's schedule, or the best one of a run, as a Python file."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import note, out
from backend.experiments.design import design_of
from backend.export.context import ExportContext
from backend.export.keras_schedule import export_schedule
from backend.store import individuals, runs
from backend.store.lists import run_in_experiment
from backend.store.tables import Individual


def export(
    individual: Annotated[int | None, typer.Argument(help="The individual's number, as pages and API name it.")] = None,
    run_id: Annotated[int | None, typer.Option("--run", help="Instead: a run's number, for its best.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else it is printed.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Write a schedule as a Python file for Keras that needs nothing of AutoLR."""
    if (individual is None) == (run_id is None):
        raise Failure("Give either an individual's number or, with --run, that of a run whose best is wanted.")
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        source = _source(session, _chosen(session, individual, run_id))
    if output is None:
        out.out(source, end="")
        return
    try:
        output.write_text(source, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{output} cannot be written: {error.strerror}.") from None
    note(f"Written: {output}")


def _source(session: Session, individual: Individual) -> str:
    row = run_in_experiment(session, individual.run_id)
    assert row is not None, "a foreign key holds an individual to its run"
    design = design_of(row.experiment)
    context = ExportContext(
        name=row.experiment.name,
        run_id=row.run.id,
        individual_id=individual.id,
        seed=row.run.seed,
        problem=design.problem.name,
        fitness=individual.fitness,
        generation=individual.generation,
        url=None,
        epochs=design.configuration.training.epochs,
    )
    return export_schedule(design.schedule(individual.phenotype), context)


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
