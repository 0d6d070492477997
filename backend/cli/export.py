"""`autolr export`: the best schedule of a run, or any individual's, as a Python file."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import note, out
from backend.experiments.design import design_of
from backend.export.keras_schedule import ExportContext, export_schedule
from backend.store import individuals
from backend.store.lists import run_in_experiment
from backend.store.tables import Individual, Run


def export(
    run_id: Annotated[int, typer.Argument(help="The run's number.")],
    individual: Annotated[int | None, typer.Option(help="An individual's number instead of the run's best.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else it is printed.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Write a run's best schedule as a Python file for Keras that needs nothing of AutoLR."""
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        source = _source(session, run_id, individual)
    if output is None:
        out.out(source, end="")
        return
    try:
        output.write_text(source, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{output} cannot be written: {error.strerror}.") from None
    note(f"Written: {output}")


def _source(session: Session, run_id: int, individual_id: int | None) -> str:
    row = run_in_experiment(session, run_id)
    if row is None:
        raise Failure(f"There is no run {run_id}.")
    individual = _chosen(session, row.run, individual_id)
    design = design_of(row.experiment)
    context = ExportContext(
        name=row.experiment.name,
        run_id=run_id,
        individual_id=individual.id,
        seed=row.run.seed,
        problem=design.problem.name,
        fitness=individual.fitness,
        generation=individual.generation,
        url=None,
        epochs=design.configuration.training.epochs,
    )
    return export_schedule(design.schedule(individual.phenotype), context)


def _chosen(session: Session, run: Run, individual_id: int | None) -> Individual:
    number = run.best_individual_id if individual_id is None else individual_id
    if number is None:
        raise Failure(f"Run {run.id} has no best individual yet: no generation is complete, or all of them failed.")
    individual = individuals.get(session, number)
    if individual is None or individual.run_id != run.id:
        raise Failure(f"Run {run.id} has no individual {number}.")
    return individual
