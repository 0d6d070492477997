"""When training stops before its last epoch, and which epoch was the best."""

import math


class EarlyStop:
    """Keeps the epoch of the smallest validation loss; `patience` epochs without a smaller one are enough.

    A patience of None never stops. Source: [DLR] and [ALR], which use Keras's EarlyStopping.
    """

    def __init__(self, patience: int | None) -> None:
        self.patience = patience
        self.best_epoch: int | None = None
        self._best_loss = math.inf

    def improved(self, epoch: int, validation_loss: float) -> bool:
        """Take in an epoch's validation loss: is it the smallest so far?"""
        if not validation_loss < self._best_loss:
            return False
        self.best_epoch, self._best_loss = epoch, validation_loss
        return True

    def reached(self, epoch: int) -> bool:
        """Whether training ends after this epoch."""
        if self.patience is None or self.best_epoch is None:
            return False
        return epoch - self.best_epoch >= self.patience
