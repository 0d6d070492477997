"""When a training has failed: its loss is no number any more, or beyond all measure."""

import math
from typing import Literal

import numpy as np

from worker.training.loop import Steps

# A network that guesses has a cross-entropy of log(classes). A mean training loss of a thousand times that has
# never come back in our trainings, while the L2 penalty of a sound network stays below ten times.
DIVERGED_FACTOR = 1000.0


class TrainingFailed(Exception):
    """A training has failed for good; `reason` is that of the evaluation, the text says it in plain words."""

    def __init__(self, reason: Literal["nan", "diverged"], message: str) -> None:
        super().__init__(message)
        self.reason = reason


def check_steps(steps: Steps, epoch: int, rate: float | None) -> None:
    """Raise TrainingFailed where steps in an epoch (counted from 0) ended in a number that is not finite."""
    if not steps.finite:
        what = "A weight" if np.isfinite(steps.loss).all() else "The training loss"
        raise TrainingFailed("nan", f"{what} became NaN or infinite {_where(epoch, rate)}.")


def check_epoch(epoch: int, rate: float | None, loss: float, validation_loss: float | None, classes: int) -> None:
    """Raise TrainingFailed where an epoch (counted from 0) ended in a loss that is too large or not finite."""
    limit = DIVERGED_FACTOR * math.log(classes)
    if loss > limit:
        raise TrainingFailed(
            "diverged",
            f"The training loss rose to {loss:.4g} {_where(epoch, rate)}; above {limit:.4g}, "
            f"{DIVERGED_FACTOR:.0f} times that of guessing, a training has diverged.",
        )
    if validation_loss is not None and not math.isfinite(validation_loss):
        raise TrainingFailed("nan", f"The validation loss became NaN or infinite {_where(epoch, rate)}.")


def _where(epoch: int, rate: float | None) -> str:
    return f"in epoch {epoch}" if rate is None else f"in epoch {epoch} at the learning rate {rate:.6g}"
