"""Training by an update rule."""

from functools import lru_cache

import numpy as np
import tensorflow as tf

from backend.phenotypes.update_rule import UpdateRule
from backend.problems.problem import Problem
from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import State, network_of
from worker.training.optimizers.arithmetic import Arithmetic, Numbers, fitting_arithmetic
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.rule_steps import RuleSteps
from worker.training.parts import Part

# The loop's argument for a learning rate, which no rule has.
NO_RATE = np.float32(0)


class RuleOptimizer(Optimizer):
    """A rule at work in one training of `total_steps` planned steps."""

    def __init__(self, problem: Problem, rule: UpdateRule, total_steps: int) -> None:
        self.loop, self._place = rule_loop(problem)
        self._steps = RuleSteps(rule, self.loop.network, total_steps, self._place.arithmetic)

    def rate(self, epoch: int) -> None:
        """A rule has no learning rate."""

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:  # noqa: ARG002
        """One step for each of the batches."""
        self._place.steps = self._steps
        return self.loop.train(state, part, batches, NO_RATE)


class Place:
    """The place in a compiled loop where the steps of a rule are put: the loop is traced once for all of them."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.steps: RuleSteps | None = None

    def __call__(self, weights: tf.Tensor, gradient: tf.Tensor, _rate: tf.Tensor) -> tf.Tensor:
        """Be a loop's update."""
        changed = self.arithmetic.call(self._step, [weights, gradient], tf.float32)
        changed.set_shape(weights.shape)
        return changed

    def _step(self, weights: Numbers, gradient: Numbers) -> Numbers:
        if self.steps is None:
            raise RuntimeError("No rule has been put into the training loop.")
        return self.steps(weights, gradient)


@lru_cache(maxsize=2)
def rule_loop(problem: Problem) -> tuple[TrainingLoop, Place]:
    """The loop of a problem under any rule, built and traced once in a process."""
    place = Place(fitting_arithmetic())
    return TrainingLoop(network_of(problem), place), place
