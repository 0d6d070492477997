"""The value of an expression."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from backend.expressions.languages import Language
from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS

_AS_THEY_ARE: Mapping[str, Callable[..., float]] = MappingProxyType(
    {name: each.meaning for name, each in OPERATORS.items()}
)


def evaluate(node: Node, values: Mapping[str, float], language: Language | None = None) -> float:
    """Compute in float64, with one value for each variable.

    Where the result of an operator is infinite or NaN, it becomes what the language says; without one it stays so.
    Both branches of a choice are computed: the operators are total, so that nothing can go wrong in the other.
    Raises KeyError for a variable without a value.
    """

    meanings = _AS_THEY_ARE if language is None else language.meanings

    def value(part: Node, arguments: tuple[float, ...]) -> float:
        match part:
            case Constant(number):
                return number
            case Variable(name):
                return values[name]
            case Call(name):
                return meanings[name](*arguments)

    return fold(node, value)
