"""One of Keras's optimizers as a loop's update: its rate and its constants are inputs of the traced loop."""

from collections.abc import Mapping

import keras
import tensorflow as tf

from worker.training.network import Network
from worker.training.optimizers.input_number import InputNumber
from worker.training.optimizers.schedule_free import ScheduleFreeAdamW


class KerasUpdate:
    """A loop's update by an optimizer of Keras, which keeps its variables and so belongs to one training at a time.

    With `elementwise` the optimizer sees one flat variable, which changes no bit of a result and saves time; else the
    variables of the network. `inputs` are names of its arguments, all positive numbers.
    """

    def __init__(
        self, network: Network, optimizer: keras.optimizers.Optimizer, *, elementwise: bool, inputs: tuple[str, ...]
    ) -> None:
        self._network = network
        self._elementwise = elementwise
        self._optimizer = optimizer
        self._variables = [network.new_flat_variable()] if elementwise else network.new_variables()
        optimizer.build(self._variables)
        # As tensors, which never change whatever becomes of the variables.
        self._first = [tf.identity(variable.value) for variable in optimizer.variables]
        self._inputs = {name: tf.Variable(getattr(optimizer, name), dtype=tf.float64) for name in inputs}
        for name, variable in self._inputs.items():
            setattr(optimizer, name, InputNumber(variable))

    def begin(self, weights: tf.Tensor, inputs: Mapping[str, float]) -> None:
        """Forget all that the optimizer has kept, and begin a training from these weights."""
        for variable, first in zip(self._optimizer.variables, self._first, strict=True):
            variable.assign(first)
        for name, value in inputs.items():
            self._inputs[name].assign(value)
        if isinstance(self._optimizer, ScheduleFreeAdamW):
            self._put(weights)
            self._optimizer.start(self._variables)

    def __call__(self, weights: tf.Tensor, gradient: tf.Tensor, rate: tf.Tensor) -> tf.Tensor:
        """Be a loop's update. The variables hold the weights for this step only."""
        self._put(weights)
        self._optimizer.learning_rate.assign(rate)
        self._optimizer.apply(self._pieces(gradient))
        return self._flat([variable.value for variable in self._variables])

    def measured(self, weights: tf.Tensor) -> tf.Tensor:
        """The weights that are to be used, while these are trained."""
        if not isinstance(self._optimizer, ScheduleFreeAdamW):
            return weights
        self._put(weights)
        return self._flat(self._optimizer.averages(self._variables))

    def _put(self, weights: tf.Tensor) -> None:
        for variable, value in zip(self._variables, self._pieces(weights), strict=True):
            variable.assign(value)

    def _pieces(self, flat: tf.Tensor) -> list[tf.Tensor]:
        return [flat] if self._elementwise else self._network.split(flat)

    def _flat(self, pieces: list[tf.Tensor]) -> tf.Tensor:
        if self._elementwise:
            return tf.identity(pieces[0])
        return tf.concat([tf.reshape(piece, [-1]) for piece in pieces], axis=0)
