"""Plain gradient descent at the rates that a schedule has given."""

from functools import lru_cache

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from backend.problems.problem import Problem
from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import State, network_of
from worker.training.optimizers.optimizer import Optimizer
from worker.training.parts import Part


class ScheduledSGD(Optimizer):
    """Gradient descent without momentum, at one rate for each epoch."""

    def __init__(self, problem: Problem, rates: NDArray[np.float32]) -> None:
        self.loop = sgd_loop(problem)
        self._rates = rates

    def rate(self, epoch: int) -> float:
        """The float32 rate of the epoch."""
        return float(self._rates[epoch])

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:
        """One step for each of the batches at the epoch's rate."""
        return self.loop.train(state, part, batches, self._rates[epoch])


def plain_sgd(weights: tf.Tensor, gradient: tf.Tensor, rate: tf.Tensor) -> tf.Tensor:
    """Gradient descent without momentum: w <- w - rate g, in float32."""
    return weights - rate * gradient


@lru_cache(maxsize=2)
def sgd_loop(problem: Problem) -> TrainingLoop:
    """The loop of a problem under plain gradient descent, built and traced once in a process."""
    return TrainingLoop(network_of(problem), plain_sgd)
