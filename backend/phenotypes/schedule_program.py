"""A schedule that also sees the loss: the learning rate of each batch, or of each epoch, from what the training did.

Source: [GP], "Genetic Programming for Learning Rate Schedules". Such a schedule has no rates of its own: they depend on
the training that it is part of.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from backend.expressions.compile import compile_expression
from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Constant, Node, substitute, variables
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.simplify import simplify
from backend.phenotypes.schedule import EPOCH, as_float32

LOSS = "loss"
VAL_LOSS = "val_loss"
EPOCH_SHARE = "epoch_share"

# What a schedule sees as the loss before the first batch and, where it is measured, as val_loss before the end of the
# first epoch. [GP] gives the first; its val_loss is dead.
FIRST_LOSS = 0.01


class SetPer(StrEnum):
    """How often the rate is set: before every batch, as published, or before the first batch of every epoch."""

    BATCH = "batch"
    EPOCH = "epoch"


class ValLoss(StrEnum):
    """What val_loss is: that of the epoch before or, as in the published code, always 0."""

    MEASURED = "measured"
    DEAD = "dead"


Word = TypeVar("Word", SetPer, ValLoss)


@dataclass(frozen=True)
class ScheduleProgram:
    """An expression of the language PROGRAM, for a training of so many planned epochs.

    Epochs count from 0; epoch_share is the epoch by the number of planned epochs, whatever early stop does. Raises
    ValueError for fewer epochs than one.
    """

    expression: Node
    epochs: int
    set_per: SetPer = SetPer.BATCH
    val_loss: ValLoss = ValLoss.MEASURED

    def __post_init__(self) -> None:
        if self.epochs < 1:
            raise ValueError(f"epochs must be 1 or more, not {self.epochs}.")

    @classmethod
    def from_text(
        cls, text: str, epochs: int, set_per: str = SetPer.BATCH, val_loss: str = ValLoss.MEASURED
    ) -> "ScheduleProgram":
        """Parse the expression. Raises ExpressionError, and ValueError for other words than SetPer and ValLoss have."""
        expression = parse(text, PROGRAM)
        return cls(expression, epochs, _word("set_per", SetPer, set_per), _word("val_loss", ValLoss, val_loss))

    @property
    def text(self) -> str:
        """The expression's canonical text."""
        return to_text(self.expression)

    @cached_property
    def simplified(self) -> Node:
        """The shorter expression that gives the same rates; a val_loss that is dead is 0 in it."""
        known = {VAL_LOSS: Constant(0)} if self.val_loss is ValLoss.DEAD else {}
        return simplify(substitute(self.expression, known), PROGRAM)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The variables that the rate depends on: those of the simplified expression."""
        return variables(self.simplified)

    def value(self, epoch: int, loss: float = FIRST_LOSS, val_loss: float = FIRST_LOSS) -> float:
        """Return what the expression comes to, of which `rate` makes a rate; NaN only where the whole is a loss."""
        return evaluate(self.expression, self._values(epoch, loss, val_loss), PROGRAM)

    def rate(self, epoch: int, loss: float = FIRST_LOSS, val_loss: float = FIRST_LOSS) -> float:
        """Return the rate, from 0 to 1, as the optimizer will hold it: the nearest float32, as a float64.

        `epoch` counts from 0, `loss` is that of the batch before, in whatever epoch, and `val_loss` that of the epoch
        before: FIRST_LOSS before the first. A val_loss that is dead is not looked at. The rate never fails: NaN is 0.
        """
        return clamped(self._compiled(self._values(epoch, loss, val_loss)))

    @cached_property
    def _compiled(self) -> Callable[[Mapping[str, float]], float]:
        return compile_expression(self.simplified, PROGRAM.meanings, float)

    def _values(self, epoch: int, loss: float, val_loss: float) -> dict[str, float]:
        seen = 0.0 if self.val_loss is ValLoss.DEAD else float(val_loss)
        share = epoch / self.epochs
        return {EPOCH: float(epoch), LOSS: float(loss), VAL_LOSS: seen, EPOCH_SHARE: share}


def clamped(value: float) -> float:
    """Return the rate that a value means: at least 0, at most 1, NaN as 0, rounded to float32."""
    return 0.0 if math.isnan(value) or value <= 0 else as_float32(min(value, 1.0))


def _word(name: str, words: type[Word], word: str) -> Word:
    if word not in list(words):
        raise ValueError(f"{name} must be {' or '.join(words)}, not {word!r}.")
    return words(word)
