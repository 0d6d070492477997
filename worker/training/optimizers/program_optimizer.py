"""Training by a schedule program: each step at a rate of its own, with plain gradient descent or Adam underneath."""

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import tensorflow as tf

from backend.phenotypes.schedule_program import ScheduleProgram
from backend.problems.problem import Problem
from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop, Update
from worker.training.network import State, network_of
from worker.training.optimizers.built_in_optimizer import divided, new_update
from worker.training.optimizers.keras_update import KerasUpdate
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.program_rates import ProgramRates
from worker.training.optimizers.scheduled_sgd import plain_sgd
from worker.training.parts import Part

# The loop's argument for a rate of all steps, which it does not read here.
NO_RATE = np.float32(0)

Underneath = Literal["sgd", "adam"]


class ProgramOptimizer(Optimizer):
    """A program at work in one training; on a problem there is one at a time in a process."""

    def __init__(self, problem: Problem, program: ScheduleProgram, underneath: Underneath) -> None:
        self.loop, self._place, self._adam = program_loop(problem, underneath)
        self._rates = ProgramRates(program)
        self._begun = False

    def rate(self, epoch: int) -> float:  # noqa: ARG002 - it is always asked for the present one
        """The mean rate of the steps of the present epoch so far."""
        return self._rates.mean

    def rate_range(self) -> tuple[float, float] | None:
        """The smallest and the largest of them, unless they are all the same."""
        return self._rates.range

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:
        """One step for each of the batches, at the rate that the program sets before it."""
        if self._adam is not None and not self._begun:
            self._adam.begin(state.weights, divided("adam", {}).inputs)
        self._begun = True
        self._rates.begin_epoch(epoch)
        self._place.rates = self._rates
        return self.loop.train(state, part, batches, NO_RATE)

    def validated(self, loss: float) -> None:
        """Let the program see the validation loss in the next epoch."""
        self._rates.validated(loss)


class RatesPlace:
    """The place in a compiled loop where the rates of a program are put: the loop is traced once for all of them."""

    def __init__(self) -> None:
        self.rates: ProgramRates | None = None

    def __call__(self, loss: tf.Tensor) -> tf.Tensor:
        """Be a loop's rate of a step."""
        rate = tf.numpy_function(self._rate, [loss], tf.float32)
        rate.set_shape([])
        return rate

    def _rate(self, loss: np.float32) -> np.float32:
        if self.rates is None:
            raise RuntimeError("No program has been put into the training loop.")
        return self.rates(loss)


class ProgramLoop(NamedTuple):
    """A loop, where its rates come from, and Adam if that is underneath."""

    loop: TrainingLoop
    place: RatesPlace
    adam: KerasUpdate | None


@lru_cache(maxsize=2)
def program_loop(problem: Problem, underneath: Underneath) -> ProgramLoop:
    """The loop of a problem under any program, built and traced once in a process."""
    network, place = network_of(problem), RatesPlace()
    adam = new_update(network, "adam", divided("adam", {}).structure) if underneath == "adam" else None
    update: Update = adam or plain_sgd
    return ProgramLoop(TrainingLoop(network, update, rate_of_step=place), place, adam)
