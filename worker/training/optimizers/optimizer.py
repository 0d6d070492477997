"""What every optimizer of a training can be asked."""

from typing import Protocol

from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import State
from worker.training.parts import Part


class Optimizer(Protocol):
    """What makes steps of gradients in one training, from the first step to the last."""

    @property
    def loop(self) -> TrainingLoop:
        """The compiled loop of the training."""

    def rate(self, epoch: int) -> float | None:
        """The learning rate of an epoch, where there is such a number."""

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:
        """One step for each of the batches, which belong to that epoch."""
