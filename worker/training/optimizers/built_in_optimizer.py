"""Training by one of Keras's own optimizers, named and configured: what rules are compared with."""

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from backend.problems.problem import Problem
from worker.training.batches import Batches
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import LAST_LAYER, Network, State, network_of
from worker.training.optimizers.keras_update import KerasUpdate
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.schedule_free import ScheduleFreeAdamW
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
        "schedule_free_adamw": ScheduleFreeAdamW,
        "sgd": keras.optimizers.SGD,
    }
)

# They look at a weight together with the others of its variable; so does a clipped norm. Ftrl's powers come out in
# other bits at other places of a vector.
BY_VARIABLE = frozenset({"adafactor", "ftrl", "lamb", "muon"})
CLIPPED = ("clipnorm", "global_clipnorm")

# What tuning turns: where it is a number above 0 it is an input of the traced loop, so that no value traces it anew.
# An argument that is 0 or none leaves something out of the loop.
INPUTS = (
    "adam_beta_1",
    "adam_beta_2",
    "adam_weight_decay",
    "beta_1",
    "beta_2",
    "epsilon",
    "momentum",
    "rho",
    "rms_rate",
    "warmup_steps",
    "weight_decay",
)

FLOATS = ("learning_rate", *INPUTS)


class BuiltInOptimizer(Optimizer):
    """An optimizer of Keras at work in one training; of each there is one at a time in a process.

    `content` is its `name` and `configuration`. With `rates`, the float32 learning rates of the epochs, these take
    the place of a configured one.
    """

    def __init__(self, problem: Problem, content: Mapping[str, Any], rates: NDArray[np.float32] | None = None) -> None:
        """Begin a training; raises ValueError where Keras has no such optimizer or refuses its configuration."""
        name, configuration = content["name"], content["configuration"]
        if rates is not None and "learning_rate" in configuration:
            raise ValueError(f"{name} has a learning_rate and rates of epochs; one of them is allowed.")
        arguments = divided(name, configuration)
        self.loop, self._update = built_in_loop(problem, name, arguments.structure)
        self._inputs, self._constant_rate, self._rates = arguments.inputs, arguments.learning_rate, rates
        self._begun = False

    def rate(self, epoch: int) -> float:
        """The float32 rate of the epoch."""
        return float(self._rate(epoch))

    def train(self, state: State, part: Part, batches: Batches, epoch: int) -> tuple[State, Steps]:
        """One step for each of the batches at the epoch's rate."""
        if not self._begun:
            self._update.begin(state.weights, self._inputs)
            self._begun = True
        return self.loop.train(state, part, batches, self._rate(epoch))

    def measured(self, state: State) -> State:
        """The state that the optimizer's authors say is to be used."""
        return State(self._update.measured(state.weights), state.kept)

    def _rate(self, epoch: int) -> np.float32:
        return self._constant_rate if self._rates is None else np.float32(self._rates[epoch])


class Arguments(NamedTuple):
    """A whole configuration: what a traced loop is given at every training, and the JSON of what is traced."""

    learning_rate: np.float32
    inputs: Mapping[str, float]
    structure: str


def divided(name: str, configuration: Mapping[str, float | bool | None]) -> Arguments:
    """Add Keras's defaults to a configuration and divide it; raises ValueError that names what is not allowed."""
    whole = built_in_optimizer(name, configuration).get_config()
    del whole["name"]
    inputs = {argument: float(whole[argument]) for argument in INPUTS if (whole.get(argument) or 0) > 0}
    rate = np.float32(whole.pop("learning_rate"))
    return Arguments(rate, inputs, json.dumps({**whole, **dict.fromkeys(inputs, "input")}, sort_keys=True))


# A run compares itself with four of them, a benchmark with more.
@lru_cache(maxsize=8)
def built_in_loop(problem: Problem, name: str, structure: str) -> tuple[TrainingLoop, KerasUpdate]:
    """The loop of a problem under an optimizer, built and traced once in a process for all inputs."""
    network = network_of(problem)
    update = new_update(network, name, structure)
    return TrainingLoop(network, update), update


def new_update(network: Network, name: str, structure: str) -> KerasUpdate:
    """A loop's update by an optimizer, whose inputs are given when a training begins."""
    arguments = json.loads(structure)
    inputs = tuple(argument for argument, value in arguments.items() if value == "input")
    # Until a training begins, any number will do in their place.
    optimizer = OPTIMIZERS[name](**{**arguments, **dict.fromkeys(inputs, 0.5)})
    clipped = any(arguments[norm] is not None for norm in CLIPPED)
    return KerasUpdate(network, optimizer, elementwise=name not in BY_VARIABLE and not clipped, inputs=inputs)


def built_in_optimizer(name: str, configuration: Mapping[str, float | bool | None]) -> keras.optimizers.Optimizer:
    """Keras's optimizer of that name in lower case, with arguments that are numbers, switches or None.

    Muon leaves the last layer to AdamW, as its authors say. Raises ValueError that names what is not known or allowed.
    """
    if name not in OPTIMIZERS:
        raise ValueError(f"There is no built-in optimizer {name!r}; there are {', '.join(OPTIMIZERS)}.")
    arguments: dict[str, Any] = {"exclude_layers": [LAST_LAYER]} if name == "muon" else {}
    for argument, value in configuration.items():
        if not isinstance(value, float | int | None):
            raise ValueError(f"{argument} of {name} is {value!r}; a number, true, false or null is allowed.")
        # JSON may have turned 1.0 into 1.
        arguments[argument] = float(value) if argument in FLOATS and type(value) is int else value
    try:
        return OPTIMIZERS[name](**arguments)
    except TypeError as error:
        raise ValueError(f"Keras refuses {name} with {dict(configuration)}: {error}") from None
