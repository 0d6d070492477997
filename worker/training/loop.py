"""The compiled training loop: as many steps as asked for in one call of TensorFlow, whatever their number."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from worker.training.augmentation import apply_maps
from worker.training.batches import Batches
from worker.training.network import Network, State
from worker.training.parts import Part

# new weights <- (weights, gradient, rate): what a step does with its gradient, element by element.
Update = Callable[[tf.Tensor, tf.Tensor, tf.Tensor], tf.Tensor]
# rate <- loss of the present batch: for rates that follow from the batches before, and so must be told of this one.
RateOfStep = Callable[[tf.Tensor], tf.Tensor]
MEASURED_AT_ONCE = 500
SECONDS_A_CALL = 1.0


@dataclass(frozen=True, eq=False)
class Steps:
    """What came of consecutive steps: loss of each batch and its correct answers, (steps,) each.

    `finite` says whether all losses and, after the last step, all weights are finite numbers. Where they are not, no
    step was made after the one that did it.
    """

    loss: NDArray[np.float32]
    correct: NDArray[np.int32]
    finite: bool


class Pace:
    """How many steps one call may take, so that it lasts about a second and nobody waits longer for an answer.

    The number of steps of a call changes no bit of the result, so it may follow the clock.
    """

    def __init__(self) -> None:
        self.steps = 1

    def calls(self, groups: tuple[Batches, ...]) -> Iterator[Batches]:
        """The batches, cut into calls as long as the pace then allows."""
        for group in groups:
            remaining = group
            while remaining.steps:
                call = remaining.first(self.steps)
                yield call
                remaining = remaining.after(call.steps)

    def learn(self, steps: int, seconds: float) -> None:
        """Take what a call has just needed as the measure of the next one."""
        self.steps = max(1, int(SECONDS_A_CALL * steps / max(seconds, 1e-6)))


class TrainingLoop:
    """Steps and measurements of one network under one update.

    The gradient is traced once for a network, however many updates use it. With `rate_of_step` every step has a rate
    of its own.
    """

    def __init__(self, network: Network, update: Update, rate_of_step: RateOfStep | None = None) -> None:
        self.network = network
        self.pace = Pace()
        self._update = update
        self._rate_of_step = rate_of_step
        self._run = tf.function(
            self._steps,
            input_signature=[
                network.weights_spec,
                network.kept_spec,
                network.samples_spec,
                network.labels_spec,
                tf.TensorSpec([None, None], tf.int32),
                tf.TensorSpec([None, None, None], tf.float32),
                tf.TensorSpec([], tf.float32),
            ],
            autograph=False,
        )

    @property
    def traces(self) -> int:
        """How often the steps were traced: once, whatever was trained."""
        return int(self._run.experimental_get_tracing_count())

    def train(self, state: State, part: Part, batches: Batches, rate: np.float32) -> tuple[State, Steps]:
        """One step for each of the batches, all at the same rate (which is not read where each step has its own).

        They end where a number is not finite.
        """
        started = time.perf_counter()
        weights, kept, loss, correct, done, finite = self._run(
            state.weights, state.kept, part.samples, part.labels, batches.indices, batches.maps, rate
        )
        steps = Steps(loss[:done].numpy(), correct[:done].numpy(), bool(finite))
        self.pace.learn(batches.steps, time.perf_counter() - started)
        return State(weights, kept), steps

    def measure(self, state: State, part: Part, between: Callable[[], None]) -> tuple[float, float]:
        """Loss (with the L2 penalty) and accuracy of all samples of a part; `between` is called now and then."""
        entropy, right, penalty = 0.0, 0, 0.0
        for start in range(0, part.size, MEASURED_AT_ONCE):
            block = slice(start, start + MEASURED_AT_ONCE)
            summed, correct, l2 = self.network.measure(
                state.weights, state.kept, part.samples[block], part.labels[block]
            )
            entropy, right, penalty = entropy + float(summed), right + int(correct), float(l2)
            between()
        return entropy / part.size + penalty, right / part.size

    def _steps(
        self,
        weights: tf.Tensor,
        kept: tuple[tf.Tensor, ...],
        samples: tf.Tensor,
        labels: tf.Tensor,
        indices: tf.Tensor,
        maps: tf.Tensor,
        rate: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:
        steps = tf.shape(indices)[0]

        def step(
            i: tf.Tensor,
            _finite: tf.Tensor,
            weights: tf.Tensor,
            kept: tuple[tf.Tensor, ...],
            losses: tf.TensorArray,
            correct: tf.TensorArray,
        ) -> tuple[tf.Tensor, ...]:
            batch = tf.gather(samples, indices[i])
            if self.network.problem.augmentation is not None:
                batch = apply_maps(batch, maps[i])
            gradient, kept, loss, right = self.network.gradient(weights, kept, batch, tf.gather(labels, indices[i]))
            its_rate = rate if self._rate_of_step is None else self._rate_of_step(loss)
            weights = self._update(weights, gradient, its_rate)
            # A network may hide a weight that is no number from its loss, behind a unit that is off.
            finite = tf.logical_and(tf.math.is_finite(loss), tf.reduce_all(tf.math.is_finite(weights)))
            return i + 1, finite, weights, kept, losses.write(i, loss), correct.write(i, right)

        arrays = (tf.TensorArray(tf.float32, steps), tf.TensorArray(tf.int32, steps))
        done, finite, weights, kept, losses, correct = tf.while_loop(
            lambda i, finite, *_: tf.logical_and(i < steps, finite),
            step,
            (tf.constant(0), tf.constant(True), weights, kept, *arrays),
            parallel_iterations=1,
        )
        return weights, kept, losses.stack(), correct.stack(), done, finite
