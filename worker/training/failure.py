"""When a training has failed: its loss is no number any more, or beyond all measure."""

import math
from typing import Literal

# A network that guesses has a cross-entropy of log(classes). A mean training loss of a thousand times that has
# never come back in our trainings, while the L2 penalty of a sound network stays below ten times.
DIVERGED_FACTOR = 1000.0


class TrainingFailed(Exception):
    """A training has failed for good; `reason` is that of the evaluation, the text says it in plain words."""

    def __init__(self, reason: Literal["nan", "diverged"], message: str) -> None:
        super().__init__(message)
        self.reason = reason


def check_epoch(epoch: int, rate: float, loss: float, validation_loss: float, classes: int) -> None:
    """Raise TrainingFailed where an epoch (counted from 0) ended in a loss that is not finite or too large."""
    where = f"in epoch {epoch} at the learning rate {rate:.6g}"
    if not math.isfinite(loss):
        raise TrainingFailed("nan", f"The training loss became NaN or infinite {where}.")
    limit = DIVERGED_FACTOR * math.log(classes)
    if loss > limit:
        raise TrainingFailed(
            "diverged",
            f"The training loss rose to {loss:.4g} {where}; above {limit:.4g}, {DIVERGED_FACTOR:.0f} times "
            "that of guessing, a training has diverged.",
        )
    if not math.isfinite(validation_loss):
        raise TrainingFailed("nan", f"The validation loss became NaN or infinite {where}.")
