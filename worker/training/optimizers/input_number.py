"""A number that compiled code reads when it runs, where Keras expects one that is fixed when it is traced."""

from collections.abc import Callable
from typing import Any

import tensorflow as tf


class InputNumber:
    """A positive float64 in the place of a float of Python, with the same bits.

    What Keras computes of it alone, such as 1 - beta, is computed in float64, as Python would; where it meets a tensor
    it becomes float32, as Python's number does. Keras only ever asks whether it is there and above 0: it is.
    """

    def __init__(self, value: tf.Variable | tf.Tensor) -> None:
        self._value = value

    def __tf_tensor__(self, dtype: tf.DType | None = None, name: str | None = None) -> tf.Tensor:
        return tf.cast(self._value, dtype or tf.float32, name=name)

    def __gt__(self, other: float) -> bool:
        if other != 0:
            raise NotImplementedError(f"Whether it is above {other} cannot be known before it runs.")
        return True

    def __neg__(self) -> "InputNumber":
        return InputNumber(-self._value)

    def __add__(self, other: Any) -> "InputNumber":
        return _of(tf.add, self, other)

    def __radd__(self, other: Any) -> "InputNumber":
        return _of(tf.add, other, self)

    def __sub__(self, other: Any) -> "InputNumber":
        return _of(tf.subtract, self, other)

    def __rsub__(self, other: Any) -> "InputNumber":
        return _of(tf.subtract, other, self)

    def __mul__(self, other: Any) -> "InputNumber":
        return _of(tf.multiply, self, other)

    def __rmul__(self, other: Any) -> "InputNumber":
        return _of(tf.multiply, other, self)

    @property
    def value(self) -> tf.Tensor:
        """What it is, in float64."""
        return tf.convert_to_tensor(self._value)


def _of(operation: Callable[[tf.Tensor, tf.Tensor], tf.Tensor], left: Any, right: Any) -> Any:
    """Compute with numbers; what meets a tensor is left to the tensor."""
    numbers = []
    for each in (left, right):
        if isinstance(each, InputNumber):
            numbers.append(each.value)
        elif isinstance(each, int | float):
            numbers.append(tf.constant(each, tf.float64))
        else:
            return NotImplemented
    return InputNumber(operation(*numbers))
