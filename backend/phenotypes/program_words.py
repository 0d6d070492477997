"""Schedule programs in plain words: how often the rate is set, what it reads, and what it does where it was tried."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from types import MappingProxyType

from backend.expressions.nodes import variables
from backend.expressions.print_plain import to_plain
from backend.phenotypes.program_behaviour import known_rates, why_nothing_is_learned
from backend.phenotypes.schedule import EPOCH
from backend.phenotypes.schedule_program import EPOCH_SHARE, LOSS, VAL_LOSS, ScheduleProgram, SetPer, ValLoss
from backend.phenotypes.words import describe_rates

# Cross-entropies from that of a good network to that of one that has gone wrong.
_LOSSES = (0.01, 0.1, 0.3, 1.0, 2.3, 5.0)
_MOST_EPOCHS = 6
_LONGEST_FORMULA = 80

_SETTING = {SetPer.BATCH: "before every batch", SetPer.EPOCH: "at the start of every epoch"}
_MEANINGS = {
    LOSS: "the loss of the batch before",
    VAL_LOSS: "the validation loss of the epoch before",
    EPOCH: "the number of the epoch",
    EPOCH_SHARE: "the share of the planned epochs that is done",
}
_NAMES: Mapping[str, str] = MappingProxyType({LOSS: "the loss", VAL_LOSS: "the validation loss", EPOCH: "the epochs"})


def describe_program(program: ScheduleProgram) -> str:
    """Return a few sentences; for a program that reads the epoch alone, those of its rates."""
    reason = why_nothing_is_learned(program)
    if reason is not None:
        return reason
    if program.reads & {LOSS, VAL_LOSS}:
        sentences = [*_what_it_is(program), _where_tried(program)]
    else:
        sentences = [describe_rates(known_rates(program))]
    return " ".join([*sentences, *_unread(program)])


def _what_it_is(program: ScheduleProgram) -> Iterator[str]:
    formula = to_plain(program.simplified)
    if len(formula) <= _LONGEST_FORMULA:
        yield f"The rate is {formula}, kept between 0 and 1."
    read = [meaning for name, meaning in _MEANINGS.items() if name in program.reads]
    yield f"It is set {_SETTING[program.set_per]} and reads {_listed(read)}."


def _where_tried(program: ScheduleProgram) -> str:
    """Say in which direction the rate goes with each thing that it reads: on a grid, and so it is said."""
    rates = _rates_where_tried(program)
    low, high = min(rates.values()), max(rates.values())
    tried = f"Tried on losses from {_LOSSES[0]:g} to {_LOSSES[-1]:g} in epochs 0 to {program.epochs - 1}"
    if low == high:
        return f"{tried}, it is always {low:.4g}."
    courses = [
        _course(rates, axis) + f" with {name}" for axis, name in enumerate(_NAMES.values()) if _moves(rates, axis)
    ]
    return f"{tried}, it lies between {low:.4g} and {high:.4g}; it {_listed(courses)}."


_Point = tuple[float, float, int]


def _rates_where_tried(program: ScheduleProgram) -> Mapping[_Point, float]:
    losses, val_losses = (_LOSSES if name in program.reads else _LOSSES[:1] for name in (LOSS, VAL_LOSS))
    step = max(1, -(-program.epochs // _MOST_EPOCHS))
    epochs = sorted({*range(0, program.epochs, step), program.epochs - 1})
    points = product(losses, val_losses, epochs)
    return {(loss, val_loss, epoch): program.rate(epoch, loss, val_loss) for loss, val_loss, epoch in points}


def _changes(rates: Mapping[_Point, float], axis: int) -> list[float]:
    """Return the differences between neighbours along an axis of the grid."""
    along = sorted(rates, key=lambda point: (*point[:axis], *point[axis + 1 :], point[axis]))
    neighbours = (pair for pair in pairwise(along) if _others(pair[0], axis) == _others(pair[1], axis))
    return [rates[after] - rates[before] for before, after in neighbours]


def _others(point: _Point, axis: int) -> tuple[float, ...]:
    return (*point[:axis], *point[axis + 1 :])


def _moves(rates: Mapping[_Point, float], axis: int) -> bool:
    return any(_changes(rates, axis))


def _course(rates: Mapping[_Point, float], axis: int) -> str:
    changes = _changes(rates, axis)
    if min(changes) >= 0:
        return "grows"
    return "falls" if max(changes) <= 0 else "goes up and down"


def _unread(program: ScheduleProgram) -> Iterator[str]:
    """Say what is written in the program and makes no difference."""
    unread = sorted(variables(program.expression) - program.reads)
    if VAL_LOSS in unread and program.val_loss is ValLoss.DEAD:
        unread.remove(VAL_LOSS)
        yield "The val_loss in it is always 0."
    if unread:
        yield f"It names {_listed(unread)}, which {'makes' if len(unread) == 1 else 'make'} no difference."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
