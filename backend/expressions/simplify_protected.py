"""Simplifying in a language that lets no operator's result be infinite or NaN.

The value stays the same for every value of the variables, infinities and NaN included; only the sign of a zero may
change, which no operator here lets anyone see. Results are finite, so x - x is 0 for each that is one; a bare
variable that may be infinite or NaN is not, and there x - x stays. Nothing is reassociated: (a + b) + c is not
a + (b + c). Operands that may be exchanged come in a fixed order.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from backend.expressions.languages import Language
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, walk
from backend.expressions.protected_bounds import variable_bounds

_ZERO, _ONE, _TWO = Constant(0), Constant(1), Constant(2)


def simplify_protected(node: Node, language: Language) -> Node:
    """Return the simplified expression; simplifying it again changes nothing."""
    form = _Form(language)

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        return form.build(part.operator, *arguments) if isinstance(part, Call) else part

    return fold(node, visit)


class _Form:
    """Builds calls of which the arguments are simplified already."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def build(self, operator: str, *arguments: Node) -> Node:
        numbers = [each.value for each in arguments if isinstance(each, Constant)]
        if len(numbers) == len(arguments):
            return Constant(self._language.meanings[operator](*numbers))
        identity = _IDENTITIES.get(operator)
        return identity(self, *arguments) if identity else Call(operator, arguments)

    def finite(self, node: Node) -> bool:
        return not isinstance(node, Variable) or not variable_bounds(self._language.variables[node.name]).odd

    def add(self, left: Node, right: Node) -> Node:
        first, second = _sorted(left, right)
        match first:
            case Constant(0) if self.finite(second):
                return second
            case Constant(value) if value < 0:
                return Call("subtract", (second, Constant(-value)))
        return self.build("multiply", _TWO, first) if first == second else Call("add", (first, second))

    def subtract(self, left: Node, right: Node) -> Node:
        match right:
            case Constant(0) if self.finite(left):
                return left
            case Constant(value) if value <= 0:
                return Call("add", (Constant(-value), left))
        return _ZERO if left == right and self.finite(left) else Call("subtract", (left, right))

    def multiply(self, left: Node, right: Node) -> Node:
        first, second = _sorted(left, right)
        if isinstance(first, Constant) and self.finite(second):
            if first == _ZERO:
                return _ZERO
            if first == _ONE:
                return second
        return Call("multiply", (first, second))

    def divide_or_one(self, dividend: Node, divisor: Node) -> Node:
        # Of a variable that is infinite or NaN, the quotient by itself is NaN.
        alike = dividend == divisor and (self.finite(divisor) or self._language.non_finite == 1)
        if divisor == _ZERO or alike:
            return _ONE
        return dividend if divisor == _ONE and self.finite(dividend) else Call("divide_or_one", (dividend, divisor))


def _sorted(left: Node, right: Node) -> tuple[Node, Node]:
    """Put what `_order` has first first; where both begin alike, the first node in which they differ decides.

    No more is looked at than the smaller of the two has nodes, so that all of a tree costs n log n at most.
    """
    for mine, theirs in zip(walk(left), walk(right), strict=False):
        if (one := _order(mine)) != (other := _order(theirs)):
            return (left, right) if one < other else (right, left)
    return left, right


def _order(node: Node) -> tuple[int, float, str]:
    """Return a key: constants first, then variables by name, then calls by their operator."""
    match node:
        case Constant(value):
            return 0, value, ""
        case Variable(name):
            return 1, 0, name
        case Call(operator):
            return 2, 0, operator


_IDENTITIES: Mapping[str, Callable[..., Node]] = MappingProxyType(
    {
        "add": _Form.add,
        "subtract": _Form.subtract,
        "multiply": _Form.multiply,
        "divide_or_one": _Form.divide_or_one,
    }
)
