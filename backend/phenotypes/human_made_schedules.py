"""Schedules that people made, as the rates of a training's epochs, with constants that can be tuned.

What they are compared with sets its rate by the epoch or more often; these set it by the epoch. The first three are
those of [GP], from a rate of 0.001 under Adam.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.phenotypes.behaviour import RATE_VECTOR, Behaviour
from backend.phenotypes.schedule import as_float32
from backend.phenotypes.tunable import Scale, Tunable


@dataclass(frozen=True)
class HumanMadeSchedule:
    """A schedule whose constants are named; `formula` gives a rate from epoch, planned epochs and the constants."""

    name: str
    title: str
    tunables: Mapping[str, Tunable] = field(hash=False)
    formula: Callable[..., float]
    source: str = ""

    @property
    def constants(self) -> dict[str, float]:
        """The usual values by name."""
        return {name: each.default for name, each in self.tunables.items()}

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The lowest and highest value that a tuning tries, by name."""
        return {name: (each.low, each.high) for name, each in self.tunables.items()}

    def rates(self, epochs: int, **constants: float) -> tuple[float, ...]:
        """Return the rate of each epoch as an optimizer holds it, with the usual constants where none is given.

        Raises ValueError for a constant that the schedule does not have, and for fewer epochs than one: in the
        training, from step to step or in a cycle.
        """
        if epochs < 1:
            raise ValueError(f"epochs must be 1 or more, not {epochs}.")
        for name in constants.keys() - self.tunables.keys():
            raise ValueError(f"{self.title} has no constant {name!r}; it has {', '.join(self.tunables)}.")
        values = self.constants | constants
        return tuple(as_float32(self.formula(epoch, epochs, **values)) for epoch in range(epochs))

    def behaviour(self, epochs: int, **constants: float) -> Behaviour:
        """Return the rate vector over the epochs."""
        return Behaviour(RATE_VECTOR, {"rates": list(self.rates(epochs, **constants))})


def _constant(epoch: int, epochs: int, learning_rate: float) -> float:  # noqa: ARG001 - all formulas take the same
    return learning_rate


def _step(epoch: int, epochs: int, learning_rate: float, factor: float, every: float) -> float:  # noqa: ARG001
    return float(learning_rate * factor ** (epoch // _whole("every", every)))


def _exponential(epoch: int, epochs: int, learning_rate: float, factor: float) -> float:  # noqa: ARG001
    return float(learning_rate * factor**epoch)


def _cosine(epoch: int, epochs: int, learning_rate: float) -> float:
    return learning_rate * (1 + math.cos(math.pi * epoch / epochs)) / 2


def _one_cycle(epoch: int, epochs: int, learning_rate: float, peak: float, start: float) -> float:
    """Rise in a straight line from a part of the rate to the whole, and fall to 0."""
    share = epoch / epochs
    part = start + (1 - start) * share / peak if share < peak else (1 - share) / (1 - peak)
    return learning_rate * part


def _triangular(epoch: int, epochs: int, learning_rate: float, least: float, period: float) -> float:  # noqa: ARG001
    """Swing in straight lines between a part of the rate and the whole."""
    length = _whole("period", period)
    place = (epoch % length) / length
    return learning_rate * (least + (1 - least) * (1 - abs(2 * place - 1)))


def _whole(name: str, epochs: float) -> int:
    if round(epochs) < 1:
        raise ValueError(f"{name} is {epochs:g}; rounded to whole epochs, 1 or more are allowed.")
    return round(epochs)


_RATE = {"learning_rate": Tunable(0.001, 1e-5, 0.1, Scale.LOG)}

_SCHEDULES = (
    HumanMadeSchedule("constant", "Constant", _RATE, _constant),
    HumanMadeSchedule(
        "step",
        "Step decay",
        {**_RATE, "factor": Tunable(0.1, 0.05, 0.9), "every": Tunable(10, 1, 50, Scale.LOG)},
        _step,
    ),
    HumanMadeSchedule("cosine", "Cosine decay", _RATE, _cosine, source="SGDR, ICLR 2017, without restarts"),
    HumanMadeSchedule(
        "exponential",
        "Exponential decay",
        {**_RATE, "factor": Tunable(0.9, 0.5, 0.999, Scale.ONE_MINUS)},
        _exponential,
    ),
    HumanMadeSchedule(
        "one-cycle",
        "One cycle",
        {**_RATE, "peak": Tunable(0.3, 0.05, 0.95), "start": Tunable(0.04, 0.001, 0.5, Scale.LOG)},
        _one_cycle,
        source="Super-convergence, 2018, the rate alone",
    ),
    HumanMadeSchedule(
        "triangular",
        "Triangular cycles",
        {**_RATE, "least": Tunable(0.1, 0.001, 0.9, Scale.LOG), "period": Tunable(10, 2, 50, Scale.LOG)},
        _triangular,
        source="Cyclical learning rates, WACV 2017",
    ),
)

# All of them, by name.
HUMAN_MADE_SCHEDULES: Mapping[str, HumanMadeSchedule] = MappingProxyType({each.name: each for each in _SCHEDULES})
