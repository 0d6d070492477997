"""Between what the values of a float32 expression lie, and whether it can be NaN.

Rounding is monotone, so the bounds of a sum, product or quotient are among those of its corners, computed in float32
like the values themselves.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np

from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS, array_constant
from backend.expressions.languages import LARGEST_FLOAT32
from backend.expressions.nodes import Call, Constant, Node, Variable, fold


@dataclass(frozen=True)
class Bounds:
    """The float32 numbers from `low` to `high`, both included, none if low is above high; and NaN if `nan`."""

    low: float = -math.inf
    high: float = math.inf
    nan: bool = True

    @property
    def always_nan(self) -> bool:
        """Whether there is no number among the values."""
        return self.low > self.high

    @property
    def finite(self) -> bool:
        """Whether every value is a finite number."""
        return not self.nan and math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def point(self) -> float | None:
        """The only value, if it is a number."""
        return self.low if self.low == self.high and not self.nan else None

    def contains(self, value: float) -> bool:
        """Whether the number is among the values."""
        return self.low <= value <= self.high


ANYTHING = Bounds()
ALWAYS_NAN = Bounds(math.inf, -math.inf, nan=True)


def bounds(node: Node, variables: Mapping[str, Bounds]) -> Bounds:
    """Return bounds of the values that the node has for all values of its variables; they may be wider than needed."""

    def visit(part: Node, arguments: tuple[Bounds, ...]) -> Bounds:
        match part:
            case Constant(value):
                nearest = float(array_constant(value)[0])
                return Bounds(nearest, nearest, nan=False)
            case Variable(name):
                return variables[name]
            case Call(operator):
                return call_bounds(operator, arguments)

    return fold(node, visit)


def call_bounds(operator: str, arguments: tuple[Bounds, ...]) -> Bounds:
    """Return the bounds of an operator's values from those of its arguments."""
    return _BOUNDS[operator](*arguments)


def _of_values(values: Iterable[float], nan: bool) -> Bounds:
    """Return the bounds of some values; NaN among them counts as such."""
    known = list(values)
    numbers = [each for each in known if not math.isnan(each)]
    return Bounds(min(numbers, default=math.inf), max(numbers, default=-math.inf), nan or len(numbers) < len(known))


def _corners(of: Bounds) -> list[float]:
    """Return the ends and, where an end is infinite, the last finite number before it: infinity times 0 is NaN."""
    if of.always_nan:
        return []
    inner = [min(max(end, -LARGEST_FLOAT32), LARGEST_FLOAT32) for end in (of.low, of.high)]
    return sorted({of.low, of.high, *(each for each in inner if of.contains(each))})


def _monotone(operator: str) -> Callable[..., Bounds]:
    """Return the bounds of an operator whose extremes lie in the corners."""
    compute = ARRAY_IMPLEMENTATIONS[operator]

    def found(*arguments: Bounds) -> Bounds:
        corners = product(*map(_corners, arguments))
        with np.errstate(all="ignore"):
            values = [float(compute(*map(array_constant, corner))[0]) for corner in corners]
        return _of_values(values, any(each.nan for each in arguments))

    return found


def _divided(dividend: Bounds, divisor: Bounds) -> Bounds:
    if divisor.point == 0:
        return Bounds(0, 0, nan=False)
    if not divisor.contains(0):
        return _quotient(dividend, divisor)
    nan = dividend.nan or divisor.nan or not (_bounded(dividend) or _bounded(divisor))
    if dividend.always_nan or dividend.low == dividend.high == 0:
        return Bounds(0, 0, nan)
    same_sign = (dividend.low >= 0 and divisor.low >= 0) or (dividend.high <= 0 and divisor.high <= 0)
    return Bounds(0 if same_sign else -math.inf, math.inf, nan)


def _bounded(of: Bounds) -> bool:
    return math.isfinite(of.low) and math.isfinite(of.high)


def _square_root(of: Bounds) -> Bounds:
    found = _monotone("sqrt")(Bounds(max(of.low, 0.0), of.high, of.nan))
    return Bounds(found.low, found.high, of.nan or of.low < 0)


def _square(of: Bounds) -> Bounds:
    return _with_zero_inside(of, _monotone("square")(of))


def _absolute(of: Bounds) -> Bounds:
    return _with_zero_inside(of, _monotone("abs")(of))


def _with_zero_inside(of: Bounds, found: Bounds) -> Bounds:
    """Lower the bounds to 0 where the argument can be 0, between its corners."""
    return Bounds(0.0, found.high, found.nan) if of.contains(0) else found


def _cosine(of: Bounds) -> Bounds:
    return ALWAYS_NAN if of.always_nan else Bounds(-1, 1, of.nan or not _bounded(of))


def _power(base: Bounds, exponent: Bounds) -> Bounds:
    if base.point == 1 or exponent.point == 0:
        return Bounds(1, 1, nan=False)
    if (base.always_nan and not exponent.contains(0)) or (exponent.always_nan and not base.contains(1)):
        return ALWAYS_NAN
    nan = base.nan or exponent.nan or base.low < 0
    # Minus zero is among the values from 0 on, and to the power -1 it is minus infinity.
    positive = base.low > 0 or (base.low == 0 and exponent.low >= 0)
    return Bounds(0 if positive else -math.inf, math.inf, nan)


_quotient = _monotone("divide_no_nan")

_BOUNDS: Mapping[str, Callable[..., Bounds]] = MappingProxyType(
    {
        **{each: _monotone(each) for each in ("add", "subtract", "multiply", "negative", "min", "max", "sign")},
        "abs": _absolute,
        "cos": _cosine,
        "divide_no_nan": _divided,
        "pow": _power,
        "sqrt": _square_root,
        "square": _square,
    }
)
