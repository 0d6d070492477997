"""A schedule program as a person sees it: what it reads, its tree, its rates at several losses and at all."""

import math
from dataclasses import dataclass
from functools import lru_cache

from backend.experiments.design import Design
from backend.experiments.evolved import EvolvedPrograms
from backend.expressions.nodes import size
from backend.expressions.text_extent import text_extent
from backend.figures.values import RateSurface
from backend.phenotypes.program_tree import Part, count_dead, program_tree
from backend.phenotypes.schedule_program import LOSS, VAL_LOSS, ScheduleProgram

# Shares of the loss of guessing at which the rates are drawn: as in the beginning, half way, and where it is learned.
_SHARES = (1.0, 0.5, 0.1)
# A surface has so many losses, up to this multiple of the loss of guessing, or to the largest that was met, but never
# higher than the last: a training that ran away would leave all else a line at the bottom.
_LOSSES = 48
_BEYOND = 1.25
_HIGHEST = 4.0
# Of a longer training the surface has every second epoch, or every third, and so on.
_MOST_EPOCHS = 100
# A page of a list asks for the same ones again and again while it follows a run.
_REMEMBERED = 4096


@dataclass(frozen=True)
class RatesAtLoss:
    """The rates of all planned epochs, if the loss were this one all the time; so were val_loss, unless it is dead."""

    loss: float
    rates: tuple[float, ...]


@dataclass(frozen=True)
class ProgramPortrait:
    """What the simplified program reads, and how large the program is as bred: its nodes, its depth, the dead ones.

    `left` counts the nodes of the simplified program.
    """

    reads: tuple[str, ...]
    nodes: int
    depth: int
    dead: int
    left: int


def program_of(design: Design, phenotype: str) -> ScheduleProgram | None:
    """Return the schedule program that a phenotype is; None where the phenotypes are of another kind."""
    return design.evolved.read(phenotype) if isinstance(design.evolved, EvolvedPrograms) else None


def reads_a_loss(program: ScheduleProgram) -> bool:
    """Whether its rates depend on more than the epoch."""
    return not program.reads.isdisjoint({LOSS, VAL_LOSS})


def program_portrait(program: ScheduleProgram) -> ProgramPortrait:
    """Return the portrait of a program."""
    extent = text_extent(program.text)
    return ProgramPortrait(
        reads=tuple(sorted(program.reads)),
        nodes=extent.nodes,
        depth=extent.depth,
        dead=count_dead(tree_of(program)),
        left=size(program.simplified),
    )


@lru_cache(maxsize=64)
def tree_of(program: ScheduleProgram) -> Part:
    """Return the tree of a program, its dead parts marked."""
    return program_tree(program)


def rates_at_losses(design: Design, phenotype: str) -> tuple[RatesAtLoss, ...] | None:
    """Return the rates at a high, a middle and a low loss; None for what reads no loss, and for other phenotypes."""
    if not isinstance(design.evolved, EvolvedPrograms):
        return None
    return _at_losses(design.evolved, phenotype, design.problem.classes)


@lru_cache(maxsize=_REMEMBERED)
def _at_losses(evolved: EvolvedPrograms, phenotype: str, classes: int) -> tuple[RatesAtLoss, ...] | None:
    program = evolved.read(phenotype)
    if not reads_a_loss(program):
        return None
    losses = (share * math.log(classes) for share in _SHARES)
    return tuple(RatesAtLoss(loss, rates_at(program, loss, program.epochs)) for loss in losses)


def rates_at(program: ScheduleProgram, loss: float, epochs: int) -> tuple[float, ...]:
    """Return the rates of so many epochs, each if both losses were this one."""
    return tuple(program.rate(epoch, loss, loss) for epoch in range(epochs))


def rate_surface(design: Design, program: ScheduleProgram, largest_met: float) -> RateSurface:
    """Return the rates of the planned epochs at losses from 0 to beyond guessing, and to the largest that was met."""
    guessing = math.log(design.problem.classes)
    highest = min(max(_BEYOND * guessing, 1.05 * largest_met), _HIGHEST * guessing)
    losses = tuple(highest * row / (_LOSSES - 1) for row in range(_LOSSES))
    epochs = tuple(range(0, program.epochs, -(-program.epochs // _MOST_EPOCHS)))
    rates = tuple(tuple(program.rate(epoch, loss, loss) for epoch in epochs) for loss in losses)
    return RateSurface(epochs, losses, rates)
