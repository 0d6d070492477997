"""The operators over float32 arrays, element by element: the reference for every other way to compute a rule.

Nothing is protected but `divide_no_nan`: what has no value is NaN, what is too large is infinite.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from backend.expressions.compile import compile_expression
from backend.expressions.nodes import Node

Floats = NDArray[np.float32]


def divide_no_nan(dividend: Floats, divisor: Floats) -> Floats:
    """Divide; where the divisor is zero, the answer is 0 whatever is divided."""
    return np.where(divisor == 0, np.float32(0), dividend / np.where(divisor == 0, np.float32(1), divisor))


def power(base: Floats, exponent: Floats) -> Floats:
    """Raise to a power; what is negative, to a fractional power, is NaN.

    In float64, rounded at the end: NumPy's own float32 power misses what is exact, such as the first power, by a bit.
    With one exponent for a whole array it would also take a root or a square, which differ at infinities.
    """
    shape = np.broadcast_shapes(base.shape, exponent.shape)
    exponents = np.broadcast_to(exponent, shape).astype(np.float64)
    return np.power(base.astype(np.float64), exponents).astype(np.float32)


ARRAY_IMPLEMENTATIONS: Mapping[str, Callable[..., Floats]] = MappingProxyType(
    {
        "abs": np.abs,
        "add": np.add,
        "cos": np.cos,
        "divide_no_nan": divide_no_nan,
        "max": np.maximum,
        "min": np.minimum,
        "multiply": np.multiply,
        "negative": np.negative,
        "pow": power,
        "sign": np.sign,
        "sqrt": np.sqrt,
        "square": np.square,
        "subtract": np.subtract,
    }
)


def array_constant(value: float) -> Floats:
    """Return the nearest float32, as an array of one: NumPy computes scalars by other means than arrays."""
    with np.errstate(over="ignore"):
        return np.array([value], dtype=np.float32)


def evaluate_float32(node: Node, values: Mapping[str, Floats]) -> Floats:
    """Compute in float32, with an array for each variable, all of one shape or of one element.

    Raises KeyError for a variable without a value.
    """
    with np.errstate(all="ignore"):
        return compile_expression(node, ARRAY_IMPLEMENTATIONS, array_constant)(values)
