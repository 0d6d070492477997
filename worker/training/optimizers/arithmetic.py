"""What rules are computed with: NumPy where the weights live in main memory, Keras's operations elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import keras
import numpy as np
import tensorflow as tf

from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS, Floats, array_constant

# An array of NumPy or a tensor of the backend; both hold float32 and broadcast alike.
Numbers: TypeAlias = Floats | tf.Tensor

KERAS_IMPLEMENTATIONS: Mapping[str, Callable[..., tf.Tensor]] = MappingProxyType(
    {
        "abs": keras.ops.absolute,
        "add": keras.ops.add,
        "cos": keras.ops.cos,
        "divide_no_nan": keras.ops.divide_no_nan,
        "max": keras.ops.maximum,
        "min": keras.ops.minimum,
        "multiply": keras.ops.multiply,
        "negative": keras.ops.negative,
        "pow": keras.ops.power,
        "sign": keras.ops.sign,
        "sqrt": keras.ops.sqrt,
        "square": keras.ops.square,
        "subtract": keras.ops.subtract,
    }
)


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """Implementations of all operators of rules, how constants and vectors enter, and how a compiled loop calls them.

    `call` puts a Python function of (weights, gradient) into a graph: it is not traced, but called at every step.
    """

    implementations: Mapping[str, Callable[..., Numbers]]
    constant: Callable[[float], Numbers]
    vector: Callable[[Floats], Numbers]
    call: Callable[..., tf.Tensor]


def tensor_constant(value: float) -> tf.Tensor:
    """Return the nearest float32, as a tensor without dimensions."""
    return keras.ops.convert_to_tensor(array_constant(value)[0])


# Neither copies the weights: NumPy reads TensorFlow's memory, and Keras's operations run where the tensors are.
IN_MEMORY = Arithmetic(ARRAY_IMPLEMENTATIONS, array_constant, np.asarray, tf.numpy_function)
ON_DEVICE = Arithmetic(KERAS_IMPLEMENTATIONS, tensor_constant, keras.ops.convert_to_tensor, tf.py_function)


def fitting_arithmetic() -> Arithmetic:
    """Return the one for where TensorFlow puts the weights on this machine."""
    return ON_DEVICE if tf.config.list_physical_devices("GPU") else IN_MEMORY
