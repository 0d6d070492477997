"""ScheduleFreeAdamW as published (Defazio et al., 2024, algorithm 1), on top of Keras's own.

Keras 3.15 on TensorFlow takes the average apart with the momentum of the *new* step, because it keeps a reference to a
variable where it means its value; and it does not say which weights are to be used after training.
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="autolr")
class ScheduleFreeAdamW(keras.optimizers.ScheduleFreeAdamW):
    """Trains y, a mix of z, which the gradients move, and of x, the mean of all z; x is what is used."""

    def start(self, variables: Sequence[keras.Variable]) -> None:
        """Let z begin where the variables are."""
        for momentum, variable in zip(self._momentums, variables, strict=True):
            momentum.assign(variable)

    def averages(self, variables: Sequence[keras.Variable]) -> list[tf.Tensor]:
        """x, as y = (1 - beta_1) z + beta_1 x gives it, with y in the variables."""
        return [
            self._average(variable, momentum) for variable, momentum in zip(variables, self._momentums, strict=True)
        ]

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Let Keras move z, then mix it with the mean that x was before."""
        momentum = self._momentums[self._get_variable_index(variable)]
        step = tf.cast(self.iterations + 1, variable.dtype)
        before = self._average(variable, momentum)
        super().update_step(gradient, variable, learning_rate)
        beta = tf.cast(self.beta_1, variable.dtype)
        average = before + (momentum - before) / step
        self.assign(variable, (1 - beta) * momentum + beta * average)

    def _average(self, variable: Any, momentum: Any) -> tf.Tensor:
        beta = tf.cast(self.beta_1, variable.dtype)
        return (variable - (1 - beta) * momentum) / beta
