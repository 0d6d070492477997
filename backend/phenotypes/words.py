"""Schedules in plain words, for those who do not read expressions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from backend.expressions.nodes import variables
from backend.phenotypes.schedule import PREVIOUS_RATE, CannotTrain, Schedule

_MOST_STEPS = 3
_LONGEST_CYCLE = 4
_LEAST_TURNS = 3
_LOOKED_AHEAD = 100


def describe(schedule: Schedule, epochs: int) -> str:
    """Say what the rate does over a training of at least one epoch, and whether it depends on the rate before."""
    try:
        rates = schedule.rates(epochs)
    except CannotTrain as reason:
        return str(reason)
    reads = "; reads the previous rate" if PREVIOUS_RATE in variables(schedule.simplified) else ""
    return describe_rates(rates, reads)


def describe_rates(rates: Sequence[float], addition: str = "") -> str:
    """Say what the rates of at least one epoch do, in a sentence that ends with the addition."""
    shape = _shape(rates)
    return f"{shape[0].upper()}{shape[1:]}{addition}."


def describe_afterwards(schedule: Schedule, epochs: int) -> str:
    """Say what the rate would do if the training went on after its last epoch."""
    going_on = f"If the training went on for {_LOOKED_AHEAD} more epochs"
    try:
        rates = schedule.rates(epochs + _LOOKED_AHEAD)
    except CannotTrain:
        return f"{going_on}, it would meet a rate that cannot train."
    if len(set(rates[epochs - 1 :])) == 1:
        return f"{going_on}, the rate would stay at {_number(rates[-1])}."
    return f"{going_on}: {_shape(rates[epochs:])}."


@dataclass(frozen=True)
class _Tail:
    """The end of the rates, from the index `start`, goes round in a cycle; a constant is a cycle of one."""

    start: int
    cycle: tuple[float, ...]

    def __str__(self) -> str:
        return _number(self.cycle[0]) if len(self.cycle) == 1 else f"{_list(self.cycle)} in turns"


def _shape(rates: Sequence[float]) -> str:
    steps, tail = min(
        ((_steps(rates[: tail.start]), tail) for tail in _tails(rates)),
        key=lambda split: (len(split[0]), len(split[1].cycle)),
    )
    if len(steps) > _MOST_STEPS:
        return _trend(rates)
    if not steps:
        return f"{tail} throughout"
    return f"{_written_steps(steps)}, then {tail}"


def _tails(rates: Sequence[float]) -> list[_Tail]:
    tails = []
    for period in range(1, _LONGEST_CYCLE + 1):
        start = len(rates) - period
        while start > 0 and rates[start - 1] == rates[start - 1 + period]:
            start -= 1
        if period == 1 or len(rates) - start >= _LEAST_TURNS * period:
            tails.append(_Tail(start, tuple(rates[start : start + period])))
    return tails


def _steps(rates: Sequence[float]) -> list[tuple[float, int]]:
    """Pair each rate with the number of epochs for which it stays."""
    return [(rate, len(list(same))) for rate, same in groupby(rates)]


def _written_steps(steps: Sequence[tuple[float, int]]) -> str:
    (rate, count), *others = steps
    first = f"{_number(rate)} for the first {_epochs(count)}"
    return ", ".join([first, *(f"{_number(rate)} for the next {_epochs(count)}" for rate, count in others)])


def _trend(rates: Sequence[float]) -> str:
    ends = f"from {_number(rates[0])} to {_number(rates[-1])}"
    if all(before >= after for before, after in pairwise(rates)):
        return f"a fall {ends}"
    if all(before <= after for before, after in pairwise(rates)):
        return f"a rise {ends}"
    changes = len(_steps(rates)) - 1
    return f"{changes} changes between {_number(min(rates))} and {_number(max(rates))}, {ends}"


def _epochs(count: int) -> str:
    return "epoch" if count == 1 else f"{count} epochs"


def _list(rates: Sequence[float]) -> str:
    return f"{', '.join(map(_number, rates[:-1]))} and {_number(rates[-1])}"


def _number(rate: float) -> str:
    """Round to what is read; the last digits of a float32 are noise to a person."""
    return f"{rate:.4g}"
