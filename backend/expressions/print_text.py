"""Expression to the canonical text: the form in which phenotypes are stored, shown and compared."""

from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS, Kind

# Every whole number below it is exact, and short enough to be read without an exponent.
_LARGEST_WHOLE = 1e16


def to_text(node: Node) -> str:
    """Write comparisons with their sign and all else as calls; `parse` gives the same expression back."""
    return fold(node, _write)


def number_text(value: float) -> str:
    """Write a finite number so that it is read back exactly: 20 rather than 20.0."""
    return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)


def _write(node: Node, arguments: tuple[str, ...]) -> str:
    match node:
        case Constant(value):
            return number_text(value)
        case Variable(name):
            return name
        case Call(name):
            operator = OPERATORS[name]
            # A comparison's arguments are never comparisons, so no brackets are needed.
            if operator.gives is Kind.CONDITION and operator.infix:
                return f" {operator.infix.symbol} ".join(arguments)
            return f"{name}({', '.join(arguments)})"
