"""The rates of a schedule program in one training: of every step, from what the steps before it came to."""

from math import fsum

import numpy as np

from backend.phenotypes.schedule_program import FIRST_LOSS, ScheduleProgram, SetPer


class ProgramRates:
    """Called once a step, in their order, with the loss of its batch: returns the float32 rate of that same step.

    So the loss that the program sees is that of the step before, in whatever epoch, widened to float64. Losses before
    the first are FIRST_LOSS, and validation losses stay so where none is measured.
    """

    def __init__(self, program: ScheduleProgram) -> None:
        self._program = program
        self._epoch = -1
        self._loss = self._val_loss = FIRST_LOSS
        self._of_epoch: list[float] = []

    def begin_epoch(self, epoch: int) -> None:
        """Let the following steps belong to that epoch; again is the same as once."""
        if epoch != self._epoch:
            self._epoch, self._of_epoch = epoch, []

    def __call__(self, loss: np.float32) -> np.float32:
        """Return the rate of the step whose batch has this loss, which only later steps see."""
        if self._program.set_per is SetPer.EPOCH and self._of_epoch:
            rate = self._of_epoch[0]
        else:
            rate = self._program.rate(self._epoch, self._loss, self._val_loss)
        self._of_epoch.append(rate)
        self._loss = float(loss)
        return np.float32(rate)

    def validated(self, loss: float) -> None:
        """Take note of the validation loss after an epoch."""
        self._val_loss = loss

    @property
    def mean(self) -> float:
        """The mean rate of the present epoch's steps so far; raises ZeroDivisionError before the first."""
        return fsum(self._of_epoch) / len(self._of_epoch)

    @property
    def range(self) -> tuple[float, float] | None:
        """The smallest and the largest of them, unless they are all the same."""
        low, high = min(self._of_epoch), max(self._of_epoch)
        return (low, high) if low < high else None
