"""Between what the values of an expression lie, in a language that lets no operator's result be infinite or NaN.

In float64. Rounding is monotone, so the bounds of a sum, product or quotient are among those of its corners; those of
functions from the mathematical library are widened by a step, since it promises no monotony.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from backend.expressions.languages import LARGEST_FLOAT64, Language
from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS
from backend.expressions.ranges import Range

_SMALLEST = 5e-324


@dataclass(frozen=True)
class ProtectedBounds:
    """The finite numbers from `low` to `high`, both included; and infinities and NaN if `odd`.

    Only a variable can be odd: what an operator gives is finite.
    """

    low: float
    high: float
    odd: bool = False

    def contains(self, value: float) -> bool:
        """Whether the number is among the values."""
        return self.low <= value <= self.high


ANYTHING = ProtectedBounds(-LARGEST_FLOAT64, LARGEST_FLOAT64, odd=True)


def variable_bounds(values: Range) -> ProtectedBounds:
    """Return the bounds of a variable; one whose range has no end may be infinite or NaN."""
    odd = math.isinf(values.low) or math.isinf(values.high)
    return ProtectedBounds(max(values.low, -LARGEST_FLOAT64), min(values.high, LARGEST_FLOAT64), odd)


def protected_bounds(
    node: Node, language: Language, known: Mapping[str, ProtectedBounds] = MappingProxyType({})
) -> ProtectedBounds:
    """Return bounds of the values that the node has; they may be wider than needed.

    Of variables, those in `known` lie between these bounds, others in the range that the language gives them.
    """

    def visit(part: Node, arguments: tuple[ProtectedBounds, ...]) -> ProtectedBounds:
        match part:
            case Constant(value):
                return ProtectedBounds(value, value)
            case Variable(name):
                return known.get(name) or variable_bounds(language.variables[name])
            case Call(operator):
                return result_bounds(operator, arguments, language)

    return fold(node, visit)


def result_bounds(operator: str, arguments: tuple[ProtectedBounds, ...], language: Language) -> ProtectedBounds:
    """Return the bounds of an operator's result, in its place what the language puts there if it is not finite."""
    found = unprotected_bounds(operator, arguments)
    if not found.odd:
        return found
    assert language.non_finite is not None, "only what is replaced has such bounds"
    return ProtectedBounds(min(found.low, language.non_finite), max(found.high, language.non_finite))


def unprotected_bounds(operator: str, arguments: tuple[ProtectedBounds, ...]) -> ProtectedBounds:
    """Return the bounds of an operator's result as it is, odd if it can be infinite or NaN."""
    return _BOUNDS[operator](*arguments)


def _of_values(values: Iterable[float], odd: bool) -> ProtectedBounds:
    """Return the bounds of what lies between some values, of which one that is not finite stands for overflow."""
    known = list(values)
    inner = [min(max(each, -LARGEST_FLOAT64), LARGEST_FLOAT64) for each in known]
    return ProtectedBounds(min(inner), max(inner), odd or not all(map(math.isfinite, known)))


def _monotone(operator: str) -> Callable[..., ProtectedBounds]:
    """Return the bounds of an operator whose extremes lie in the corners."""
    compute = OPERATORS[operator].meaning

    def found(*arguments: ProtectedBounds) -> ProtectedBounds:
        corners = product(*((each.low, each.high) for each in arguments))
        return _of_values([compute(*corner) for corner in corners], any(each.odd for each in arguments))

    return found


def _divided(dividend: ProtectedBounds, divisor: ProtectedBounds) -> ProtectedBounds:
    if not divisor.contains(0):
        return _quotient(dividend, divisor)
    # Divided by the smallest number, what is not very small itself overflows.
    largest = max(abs(dividend.low), abs(dividend.high))
    odd = dividend.odd or divisor.odd or largest > LARGEST_FLOAT64 * _SMALLEST
    positive = (dividend.low >= 0 and divisor.low >= 0) or (dividend.high <= 0 and divisor.high <= 0)
    negative = (dividend.low >= 0 and divisor.high <= 0) or (dividend.high <= 0 and divisor.low >= 0)
    return ProtectedBounds(0 if positive else -LARGEST_FLOAT64, 1 if negative else LARGEST_FLOAT64, odd)


def _wave(argument: ProtectedBounds) -> ProtectedBounds:
    return ProtectedBounds(-1, 1, argument.odd)


def _power(argument: ProtectedBounds) -> ProtectedBounds:
    found = _monotone("exp_below_700")(argument)
    return ProtectedBounds(_below(found.low, least=0), _above(found.high), found.odd)


def _logarithm(argument: ProtectedBounds) -> ProtectedBounds:
    sizes = sorted((abs(argument.low), abs(argument.high)))
    smallest = max(_SMALLEST, 0 if argument.contains(0) else sizes[0])
    low, high = math.log(smallest), math.log(max(sizes[1], _SMALLEST))
    # Of zero it is 0.
    values = [_below(low), _above(high), *([0.0] if argument.contains(0) else [])]
    return _of_values(values, argument.odd)


def _below(value: float, least: float = -LARGEST_FLOAT64) -> float:
    return max(math.nextafter(value, -math.inf), least)


def _above(value: float) -> float:
    return min(math.nextafter(value, math.inf), LARGEST_FLOAT64)


_quotient = _monotone("divide_or_one")

_BOUNDS: Mapping[str, Callable[..., ProtectedBounds]] = MappingProxyType(
    {
        **{each: _monotone(each) for each in ("add", "subtract", "multiply")},
        "divide_or_one": _divided,
        "sin": _wave,
        "cos": _wave,
        "exp_below_700": _power,
        "log_abs": _logarithm,
    }
)
