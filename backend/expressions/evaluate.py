"""The value of an expression."""

from collections.abc import Mapping

from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS


def evaluate(node: Node, values: Mapping[str, float]) -> float:
    """Compute in float64, with one value for each variable.

    Both branches of a choice are computed: the operators are total, so that nothing can go wrong in the other.
    Raises KeyError for a variable without a value.
    """

    def value(part: Node, arguments: tuple[float, ...]) -> float:
        match part:
            case Constant(number):
                return number
            case Variable(name):
                return values[name]
            case Call(name):
                return OPERATORS[name].meaning(*arguments)

    return fold(node, value)
