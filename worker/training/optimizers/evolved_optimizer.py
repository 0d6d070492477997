"""An update rule as an optimizer of Keras, for any model, any training loop and any backend of Keras."""

from collections.abc import Sequence
from typing import Any

import keras

from backend.phenotypes.rule_step import compile_rule
from backend.phenotypes.trace import LARGEST_STEP
from backend.phenotypes.update_rule import WEIGHT, UpdateRule
from worker.training.optimizers.arithmetic import KERAS_IMPLEMENTATIONS, tensor_constant


@keras.saving.register_keras_serializable(package="autolr")
class EvolvedOptimizer(keras.optimizers.Optimizer):
    """Changes every weight as a rule says, in float32, with states that start at 0.

    `rule` is a text, `x = ...; y = ...; z = ...; weight = ...`. `total_steps` is how many steps are planned: a rule
    that reads t, the share of them that is done, needs it, and t stays 1 from then on. `learning_rate` is a factor
    of the whole change, 1 for the rule as it stands. Raises ExpressionError, which is a ValueError, where the text
    is no rule, and ValueError where total_steps is missing.

    Layers are told apart by the paths of their variables, and numbered in the order in which these are given.
    """

    def __init__(
        self,
        rule: str,
        total_steps: int | None = None,
        learning_rate: float = 1.0,
        name: str = "evolved",
        **kwargs: Any,  # whatever else Keras's optimizers take
    ) -> None:
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        parsed = UpdateRule.from_text(rule)
        if "t" in parsed.reads and total_steps is None:
            raise ValueError("total_steps is None; a rule that reads t needs the number of planned steps.")
        self.rule = rule
        self.total_steps = total_steps
        self._live_states = parsed.live_states
        self._step = compile_rule(parsed, KERAS_IMPLEMENTATIONS, tensor_constant)

    def build(self, variables: Sequence[keras.Variable]) -> None:
        """Make the states of all variables, and number their layers."""
        if self.built:
            return
        super().build(variables)
        self._states = {state: self.add_optimizer_variables(variables, state) for state in self._live_states}
        self._layer_numbers, self._layer_count = _number_layers(variables)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Change one variable and its states."""
        place = self._get_variable_index(variable)
        states = {state: variables[place] for state, variables in self._states.items()}
        weight = keras.ops.cast(variable, "float32")
        given = self._step(
            {
                **{state: keras.ops.cast(value, "float32") for state, value in states.items()},
                **self._counted(),
                "layer_num": tensor_constant(self._layer_numbers[place]),
                "layer_count": tensor_constant(self._layer_count),
                "g": keras.ops.cast(gradient, "float32"),
                "w": weight,
            }
        )
        change = given.pop(WEIGHT)
        for state, value in given.items():
            self.assign(states[state], keras.ops.broadcast_to(value, weight.shape))
        self.assign(variable, weight - keras.ops.cast(learning_rate, "float32") * change)

    def get_config(self) -> dict[str, Any]:
        """Return all that the optimizer is made with."""
        return {**super().get_config(), "rule": self.rule, "total_steps": self.total_steps}

    def _counted(self) -> dict[str, Any]:
        """Return the numbers that say how far the training is: t and step."""
        done = keras.ops.cast(self.iterations, "float32")
        counted = {"step": keras.ops.minimum(done + 1, LARGEST_STEP)}
        if self.total_steps is not None:
            counted["t"] = keras.ops.minimum(done / self.total_steps, 1)
        return counted


def _number_layers(variables: Sequence[keras.Variable]) -> tuple[list[int], int]:
    """Return the number of each variable's layer, from 1, and how many layers there are."""
    layers = [variable.path.rpartition("/")[0] for variable in variables]
    numbers = {layer: number for number, layer in enumerate(dict.fromkeys(layers), start=1)}
    return [numbers[layer] for layer in layers], len(numbers)
