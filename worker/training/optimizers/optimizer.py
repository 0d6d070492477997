"""What every optimizer of a training can be asked."""

from abc import ABC, abstractmethod

from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import State
from worker.training.parts import Part


class Optimizer(ABC):
    """What makes steps of gradients in one training, from the first step to the last.

    `loop` is the compiled loop of the training.
    """

    loop: TrainingLoop

    @abstractmethod
    def rate(self, epoch: int) -> float | None:
        """The learning rate of an epoch that has begun, where there is such a number; the mean if it changes."""

    @abstractmethod
    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:
        """One step for each of the batches, which belong to that epoch."""

    def rate_range(self) -> tuple[float, float] | None:
        """The smallest and the largest rate of the present epoch, where it changes within it."""
        return None

    def measured(self, state: State) -> State:
        """The state that is validated and scored: of most optimizers the one that is trained."""
        return state

    def validated(self, loss: float) -> None:  # noqa: B027 - most have no use for it
        """Take note of an epoch's validation loss."""
