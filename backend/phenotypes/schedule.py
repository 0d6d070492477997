"""A schedule: the learning rate of each epoch, from the epoch's number and the rate before.

Source: [DLR] section 3, and the authors' use of Keras's LearningRateScheduler.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backend.expressions.compile import compile_expression
from backend.expressions.evaluate import evaluate
from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Node
from backend.expressions.operators import OPERATORS
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.simplify import simplify

EPOCH = "epoch"
PREVIOUS_RATE = "learning_rate"

_MEANINGS = {name: OPERATORS[name].meaning for name in SCHEDULE.operators}


class CannotTrain(ValueError):
    """A phenotype gives what no training can use; the message says in a sentence what, and where."""


@dataclass(frozen=True)
class Schedule:
    """An expression of the language SCHEDULE, evaluated once at the start of each epoch.

    Epochs are indexed from 0, as Keras does; the expression sees the index plus `first_epoch` ([DLR] counts from
    1). Before the first epoch the rate is `initial_rate`. Raises ValueError if that is negative or not finite.
    """

    expression: Node
    first_epoch: int = 0
    initial_rate: float = 0.01

    def __post_init__(self) -> None:
        if not 0 <= self.initial_rate < math.inf:
            raise ValueError(f"initial_rate must be a number from 0 on, not {self.initial_rate}.")
        if self.first_epoch < 0:
            raise ValueError(f"first_epoch must be 0 or more, not {self.first_epoch}.")

    @classmethod
    def from_text(cls, text: str, first_epoch: int = 0, initial_rate: float = 0.01) -> "Schedule":
        """Parse the expression. Raises ExpressionError."""
        return cls(parse(text, SCHEDULE), first_epoch, initial_rate)

    @property
    def text(self) -> str:
        """The expression's canonical text."""
        return to_text(self.expression)

    @cached_property
    def simplified(self) -> Node:
        """The shorter expression that gives the same rates."""
        return simplify(self.expression, SCHEDULE)

    def rate(self, epoch_index: int, previous: float) -> float:
        """Return the rate of one epoch, as the optimizer will hold it: the nearest float32, as a float64.

        `previous` is the rate that the optimizer held in the epoch before. The rate may be one that cannot train.
        """
        return as_float32(evaluate(self.expression, self._values(epoch_index, previous)))

    def rates(self, epochs: int) -> tuple[float, ...]:
        """Return the rates of the first epochs, each as the optimizer holds it and as the next one sees it.

        Raises CannotTrain at the first rate that is negative or not finite in float32.
        """
        compiled = compile_expression(self.expression, _MEANINGS, float)
        rates: list[float] = []
        previous = as_float32(self.initial_rate)
        for index in range(epochs):
            previous = _usable(as_float32(compiled(self._values(index, previous))), index)
            # Minus zero trains like zero and must not look like another behaviour; the schedule sees what it gave.
            rates.append(previous + 0.0)
        return tuple(rates)

    def _values(self, epoch_index: int, previous: float) -> dict[str, float]:
        return {EPOCH: float(epoch_index + self.first_epoch), PREVIOUS_RATE: previous}


def as_float32(value: float) -> float:
    """Round to the nearest float32, in which an optimizer holds its rate; too large for it is infinity."""
    with np.errstate(over="ignore"):
        return float(np.float32(value))


def _usable(rate: float, index: int) -> float:
    if not math.isfinite(rate):
        raise CannotTrain(f"The rate of epoch {index} is not a finite number ({rate}).")
    if rate < 0:
        raise CannotTrain(f"The rate of epoch {index} is negative ({rate:.6g}).")
    return rate
