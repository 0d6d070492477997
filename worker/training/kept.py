"""Which epoch's weights are scored."""

import math

from backend.problems.specification import Keep
from worker.training.network import State


class KeptWeights:
    """The state of the epoch that is to be scored, among those offered so far; of equal ones the first.

    Without a validation part only "last" is possible, which the specification sees to.
    """

    def __init__(self, keep: Keep, first: State) -> None:
        self.state = first
        self.epoch: int | None = None
        self._keep = keep
        self._best = -math.inf

    def offer(self, epoch: int, state: State, val_loss: float | None, val_accuracy: float | None) -> None:
        """Take in an epoch with what was measured in validation."""
        if self._keep != "last":
            merit = val_accuracy if self._keep == "best_accuracy" else _negative(val_loss)
            if merit is None or merit <= self._best:
                return
            self._best = merit
        self.epoch, self.state = epoch, state


def _negative(loss: float | None) -> float | None:
    return None if loss is None else -loss
