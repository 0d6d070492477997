"""Float32 expressions to one form for those that are the same to the last bit: what keys are made of.

Only what holds in float32 for every value is done: operands in a fixed order, constants computed, signs collected,
and identities such as x * 1 = x. Nothing is reassociated, since (a + b) + c is not a + (b + c), and the protected
points count: x / x is not 1, it is 0 at 0.

Minus zero equals zero and is told from it by one operator alone, a power of negative exponent. Where there is none,
results may differ in the sign of a zero (`signed_zeros=False`), which allows more.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from backend.expressions.arrays import evaluate_float32
from backend.expressions.bounds import Bounds, bounds, call_bounds
from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.print_text import to_text

# Constants are finite and no minus zero, so these values are written as calls.
NAN = Call("sqrt", (Constant(-1),))
INFINITY = Call("pow", (Constant(0), Constant(-1)))
_MINUS_ZERO = Call("negative", (Constant(0),))
_NO_CONSTANTS = (NAN, INFINITY, Call("negative", (INFINITY,)), _MINUS_ZERO)
_ZERO, _ONE, _TWO = Constant(0), Constant(1), Constant(2)


def nearest_float32(value: float) -> Node:
    """Return the constant that float32 makes of a value, in the shortest number that is read as it.

    NaN and infinities are written as calls that give them.
    """
    with np.errstate(over="ignore"):
        nearest = np.float32(value)
    if np.isnan(nearest):
        return NAN
    if np.isinf(nearest):
        return INFINITY if nearest > 0 else Call("negative", (INFINITY,))
    return Constant(float(str(nearest)))


def sees_signs_of_zero(node: Node, variables: Mapping[str, Bounds]) -> bool:
    """Whether minus zero and zero can have different consequences: in a power whose exponent may be negative."""

    def visit(part: Node, arguments: tuple[tuple[Bounds, bool], ...]) -> tuple[Bounds, bool]:
        if not isinstance(part, Call):
            return bounds(part, variables), False
        known = tuple(each for each, _ in arguments)
        sees = part.operator == "pow" and known[0].contains(0) and known[1].low < 0
        return call_bounds(part.operator, known), sees or any(seen for _, seen in arguments)

    return fold(node, visit)[1]


def exactly(node: Node, variables: Mapping[str, Bounds], signed_zeros: bool) -> Node:
    """Return the one form of the expression; a second time changes nothing."""
    form = _Form(variables, signed_zeros)

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Constant(value):
                return nearest_float32(value)
            case Variable():
                return form.known(part)
            case Call(operator):
                return form.build(operator, *arguments)

    return fold(node, visit)


class _Form:
    """Builds calls of which the arguments have their form already."""

    def __init__(self, variables: Mapping[str, Bounds], signed_zeros: bool) -> None:
        self._variables = variables
        self._signed_zeros = signed_zeros
        self._found: dict[Node, Bounds] = {}

    def build(self, operator: str, *arguments: Node) -> Node:
        """Return the form of an operator's call."""
        call = Call(operator, arguments)
        if all(isinstance(each, Constant) or each in _NO_CONSTANTS for each in arguments):
            return self._computed(call)
        known = self.known(call)
        return _IDENTITIES[operator](self, *arguments) if known is call else known

    def known(self, node: Node) -> Node:
        """Return the only value that the node can have, if there is only one; else the node itself."""
        found = self._bounds(node)
        if found.always_nan:
            return NAN
        if found.point is None or (found.point == 0 and self._signed_zeros):
            return node
        return nearest_float32(found.point)

    def _computed(self, call: Call) -> Node:
        value = float(evaluate_float32(call, {})[0])
        minus_zero = value == 0 and math.copysign(1, value) < 0
        return _MINUS_ZERO if minus_zero and self._signed_zeros else nearest_float32(value)

    def _bounds(self, node: Node) -> Bounds:
        if node not in self._found:
            match node:
                case Call(operator, arguments):
                    self._found[node] = call_bounds(operator, tuple(map(self._bounds, arguments)))
                case _:
                    self._found[node] = bounds(node, self._variables)
        return self._found[node]

    def add(self, left: Node, right: Node) -> Node:
        if _ZERO in (left, right) and not self._signed_zeros:
            return right if left == _ZERO else left
        if left == right:
            return self.build("multiply", _TWO, left)
        (left_negative, left_core), (right_negative, right_core) = self._split(left), self._split(right)
        if left_negative and right_negative and not self._signed_zeros:
            return self.build("negative", self.build("add", left_core, right_core))
        if right_negative:
            return self.build("subtract", left, right_core)
        if left_negative:
            return self.build("subtract", right, left_core)
        return _sorted_call("add", left, right)

    def subtract(self, left: Node, right: Node) -> Node:
        if right == _ZERO:
            return left
        if left == _ZERO and not self._signed_zeros:
            return self.build("negative", right)
        if left == right and self._bounds(left).finite:
            return _ZERO
        return self._difference(left, right)

    def _difference(self, left: Node, right: Node) -> Node:
        """Collect the signs of two operands of which neither is 0."""
        (left_negative, left_core), (right_negative, right_core) = self._split(left), self._split(right)
        if left_negative and right_negative:
            return self.build("subtract", right_core, left_core)
        if right_negative:
            return self.build("add", left, right_core)
        if left_negative and not self._signed_zeros:
            return self.build("negative", self.build("add", left_core, right))
        return Call("subtract", (left, right))

    def negative(self, argument: Node) -> Node:
        match argument:
            case Call("negative", (inner,)):
                return inner
            case Call("multiply", (Constant(value), inner)) if value != 0 or not self._signed_zeros:
                return Call("multiply", (Constant(-value), inner))
            case Call("divide_no_nan", (Constant(value), inner)) if not self._signed_zeros:
                return Call("divide_no_nan", (Constant(-value), inner))
            case Call("subtract", (left, right)) if not self._signed_zeros:
                return self.build("subtract", right, left)
        return Call("negative", (argument,))

    def multiply(self, left: Node, right: Node) -> Node:
        if _ONE in (left, right):
            return right if left == _ONE else left
        (left_negative, left_core), (right_negative, right_core) = self._split(left), self._split(right)
        if left_negative or right_negative:
            return self._signed(left_negative != right_negative, self.build("multiply", left_core, right_core))
        return self.build("square", left) if left == right else _sorted_call("multiply", left, right)

    def divide_no_nan(self, dividend: Node, divisor: Node) -> Node:
        if divisor == _ONE:
            return dividend
        (left_negative, left_core), (right_negative, right_core) = self._split(dividend), self._split(divisor)
        # At its protected point the quotient is 0, whatever the signs.
        if (left_negative or right_negative) and not (self._signed_zeros and self._bounds(divisor).contains(0)):
            quotient = self.build("divide_no_nan", left_core, right_core)
            return self._signed(left_negative != right_negative, quotient)
        return Call("divide_no_nan", (dividend, divisor))

    def square(self, argument: Node) -> Node:
        return self._even("square", argument)

    def cos(self, argument: Node) -> Node:
        return self._even("cos", argument)

    def abs(self, argument: Node) -> Node:
        low = self._bounds(argument).low
        return argument if low > 0 or (low == 0 and not self._signed_zeros) else self._even("abs", argument)

    def pow(self, base: Node, exponent: Node) -> Node:
        return base if exponent == _ONE else Call("pow", (base, exponent))

    def min(self, left: Node, right: Node) -> Node:
        if self._never_above(left, right):
            return left
        return right if self._never_above(right, left) else self._either("min", left, right)

    def max(self, left: Node, right: Node) -> Node:
        if self._never_above(left, right):
            return right
        return left if self._never_above(right, left) else self._either("max", left, right)

    def sqrt(self, argument: Node) -> Node:
        return Call("sqrt", (argument,))

    def sign(self, argument: Node) -> Node:
        negative, core = self._split(argument)
        if negative and not self._signed_zeros:
            return self.build("negative", self.build("sign", core))
        return Call("sign", (argument,))

    def _either(self, operator: str, left: Node, right: Node) -> Call:
        """Put the operands in order, unless of two zeros the first may not be told from the second."""
        return Call(operator, (left, right)) if self._signed_zeros else _sorted_call(operator, left, right)

    def _never_above(self, left: Node, right: Node) -> bool:
        """Whether the left is never above the right and neither is NaN; or the two are the same."""
        lower, upper = self._bounds(left), self._bounds(right)
        if lower.nan or upper.nan or lower.high > upper.low:
            return left == right
        return lower.high < upper.low or lower.high != 0 or not self._signed_zeros

    def _split(self, node: Node) -> tuple[bool, Node]:
        """Return whether the node is a negated one, and the one that it negates."""
        match node:
            case Constant(value) if value < 0:
                return True, Constant(-value)
            case Call("negative", (inner,)):
                return True, inner
            case Call("multiply", (Constant(value), inner)) if value < 0:
                return True, Call("multiply", (Constant(-value), inner))
            case Call("divide_no_nan", (Constant(value), inner)) if value < 0 and not self._signed_zeros:
                return True, Call("divide_no_nan", (Constant(-value), inner))
        return False, node

    def _even(self, operator: str, argument: Node) -> Node:
        """Drop from the argument of an even function what changes only its sign."""
        match argument:
            case Call("abs", (inner,)):
                return self.build(operator, inner)
        negative, core = self._split(argument)
        return self.build(operator, core) if negative else Call(operator, (argument,))

    def _signed(self, negative: bool, node: Node) -> Node:
        return self.build("negative", node) if negative else node


def _sorted_call(operator: str, left: Node, right: Node) -> Call:
    """Put the operands of a commutative operator in order: constants, variables, calls, each by their texts."""
    first, second = sorted((left, right), key=_order)
    return Call(operator, (first, second))


def _order(node: Node) -> tuple[int, str]:
    return (Constant, Variable, Call).index(type(node)), to_text(node)


_IDENTITIES: Mapping[str, Callable[..., Node]] = {
    "abs": _Form.abs,
    "add": _Form.add,
    "cos": _Form.cos,
    "divide_no_nan": _Form.divide_no_nan,
    "max": _Form.max,
    "min": _Form.min,
    "multiply": _Form.multiply,
    "negative": _Form.negative,
    "pow": _Form.pow,
    "sign": _Form.sign,
    "sqrt": _Form.sqrt,
    "square": _Form.square,
    "subtract": _Form.subtract,
}
