"""What the figures of schedule programs and of their size are drawn from, read from the database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.api.existing import existing_run
from backend.api.figure_data import curves
from backend.experiments.design import design_of
from backend.experiments.program_portrait import program_of, rate_surface, rates_at, rates_at_losses, reads_a_loss
from backend.figures.values import Extent, GenerationExtent, RateLine, RateSurface, TrainingCurve
from backend.phenotypes.schedule import as_float32
from backend.phenotypes.schedule_program import EPOCH_SHARE, ScheduleProgram
from backend.store import generations
from backend.store.tables import Individual

# What Adam begins with, and the first of what [GP] compares with.
_CONSTANT = 0.001


@dataclass(frozen=True)
class ProgramRates:
    """A program's rates over the epochs, a line a loss if it reads any, and what they are held against."""

    lines: tuple[RateLine, ...]
    epochs: int
    baseline: RateLine
    trainings: tuple[TrainingCurve, ...]


@dataclass(frozen=True)
class ProgramSurface:
    """A program's rates against epoch and loss, and where its trainings went."""

    surface: RateSurface
    trainings: tuple[TrainingCurve, ...]


def program_rates(session: Session, individual: Individual) -> ProgramRates | None:
    """Return the rates of a program, past the last trained epoch where that means something; None for other kinds."""
    design = design_of(existing_run(session, individual.run_id).experiment)
    program = program_of(design, individual.phenotype)
    if program is None:
        return None
    epochs = program.epochs
    shown = epochs if EPOCH_SHARE in program.reads else epochs + (epochs + 1) // 2
    at_losses = rates_at_losses(design, individual.phenotype)
    if at_losses is None:
        lines: tuple[RateLine, ...] = (RateLine(f"individual {individual.id}", rates_at(program, 0.0, shown)),)
    else:
        lines = tuple(_line(program, each.loss, shown) for each in at_losses)
    trainings = tuple(curves(session, individual)) if at_losses else ()
    return ProgramRates(lines, epochs, RateLine("constant 0.001", (as_float32(_CONSTANT),) * shown), trainings)


def program_surface(session: Session, individual: Individual) -> ProgramSurface | None:
    """Return the surface of a program; None for one that reads no loss, and for other kinds."""
    design = design_of(existing_run(session, individual.run_id).experiment)
    program = program_of(design, individual.phenotype)
    if program is None or not reads_a_loss(program):
        return None
    trainings = tuple(curves(session, individual))
    met = [point.loss for curve in trainings for point in curve.points if point.loss is not None]
    return ProgramSurface(rate_surface(design, program, max(met, default=0.0)), trainings)


def extents(session: Session, run_id: int) -> list[GenerationExtent]:
    """Return how large the phenotypes of a run's complete generations are, of those that it is known of."""
    known = ((row.number, (row.summary or {}).get("extents")) for row in generations.completed(session, run_id))
    return [_extent(number, found) for number, found in known if found]


def _line(program: ScheduleProgram, loss: float, shown: int) -> RateLine:
    return RateLine(f"at a loss of {loss:.2g}", rates_at(program, loss, shown))


def _extent(number: int, found: dict[str, Any]) -> GenerationExtent:
    return GenerationExtent(number, Extent(**found["nodes"]), Extent(**found["depth"]))
