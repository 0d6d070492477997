"""Training by one of Keras's own optimizers, named and configured: what rules are compared with."""

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from backend.problems.problem import Problem
from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import Network, State, network_of
from worker.training.parts import Part

OPTIMIZERS: Mapping[str, type[keras.optimizers.Optimizer]] = MappingProxyType(
    {
        "adadelta": keras.optimizers.Adadelta,
        "adafactor": keras.optimizers.Adafactor,
        "adagrad": keras.optimizers.Adagrad,
        "adam": keras.optimizers.Adam,
        "adamax": keras.optimizers.Adamax,
        "adamw": keras.optimizers.AdamW,
        "ftrl": keras.optimizers.Ftrl,
        "lamb": keras.optimizers.Lamb,
        "lion": keras.optimizers.Lion,
        "muon": keras.optimizers.Muon,
        "nadam": keras.optimizers.Nadam,
        "rmsprop": keras.optimizers.RMSprop,
        "sgd": keras.optimizers.SGD,
    }
)


class BuiltInOptimizer:
    """An optimizer of Keras at work in one training; of each there is one at a time in a process."""

    def __init__(self, problem: Problem, content: Mapping[str, Any]) -> None:
        """Begin a training; raises ValueError where Keras has no such optimizer or refuses its configuration."""
        self.loop, self._update = built_in_loop(problem, json.dumps(dict(content), sort_keys=True))
        self._update.begin()

    def rate(self, epoch: int) -> float:  # noqa: ARG002 - it is the same in every epoch
        """The configured learning rate."""
        return self._update.rate

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:  # noqa: ARG002
        """One step for each of the batches."""
        return self.loop.train(state, part, batches, np.float32(self._update.rate))


class BuiltInUpdate:
    """A loop's update by an optimizer of Keras, which keeps its variables and so belongs to one training."""

    def __init__(self, network: Network, optimizer: keras.optimizers.Optimizer) -> None:
        self._network = network
        self._optimizer = optimizer
        self._variables = network.new_variables()
        optimizer.build(self._variables)
        # As tensors, which never change whatever becomes of the variables.
        self._first = [tf.identity(variable.value) for variable in optimizer.variables]
        self.rate = float(optimizer.learning_rate)

    def begin(self) -> None:
        """Forget all that the optimizer has kept."""
        for variable, first in zip(self._optimizer.variables, self._first, strict=True):
            variable.assign(first)

    def __call__(self, weights: tf.Tensor, gradient: tf.Tensor, _rate: tf.Tensor) -> tf.Tensor:
        """Be a loop's update. The variables hold the weights for this step only."""
        for variable, value in zip(self._variables, self._network.split(weights), strict=True):
            variable.assign(value)
        self._optimizer.apply(self._network.split(gradient))
        return tf.concat([tf.reshape(variable.value, [-1]) for variable in self._variables], axis=0)


# A run compares itself with four of them.
@lru_cache(maxsize=4)
def built_in_loop(problem: Problem, content: str) -> tuple[TrainingLoop, BuiltInUpdate]:
    """The loop of a problem under an optimizer, given as JSON, built and traced once in a process."""
    network = network_of(problem)
    update = BuiltInUpdate(network, built_in_optimizer(**json.loads(content)))
    return TrainingLoop(network, update), update


def built_in_optimizer(name: str, configuration: Mapping[str, float | bool | None]) -> keras.optimizers.Optimizer:
    """Keras's optimizer of that name in lower case, with arguments that are numbers, switches or None.

    Raises ValueError that names what is not known or allowed.
    """
    if name not in OPTIMIZERS:
        raise ValueError(f"There is no built-in optimizer {name!r}; there are {', '.join(OPTIMIZERS)}.")
    for argument, value in configuration.items():
        if not isinstance(value, float | int | None):
            raise ValueError(f"{argument} of {name} is {value!r}; a number, true, false or null is allowed.")
    try:
        return OPTIMIZERS[name](**configuration)
    except TypeError as error:
        raise ValueError(f"Keras refuses {name} with {dict(configuration)}: {error}") from None
