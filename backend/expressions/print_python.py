"""Expression to Python source that computes the same floats."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.expressions.forms import Binding, Form
from backend.expressions.nodes import Call, Constant, Node, fold, walk
from backend.expressions.notation import Notation, Written
from backend.expressions.operators import OPERATORS, Kind, Operator
from backend.expressions.print_text import number_text

# Python refuses source that is indented a hundred levels; a reader gives up much earlier.
_DEEPEST_INDENT = 8
_INDENT = "    "


@dataclass(frozen=True)
class PythonSource:
    """Python text, and the functions of meanings.py that it calls, by name, in the order of their names."""

    text: str
    functions: tuple[Callable[..., float], ...]


def to_python(node: Node) -> PythonSource:
    """Write one expression; choices become conditional expressions. Its variables must be floats."""
    return PythonSource(_written(node), called_functions(node))


def to_python_statements(node: Node) -> PythonSource:
    """Write the body of a function that returns the value; its outer choices become if statements."""
    return PythonSource("\n".join(_statements(node, 0)), called_functions(node))


def _statements(node: Node, level: int) -> list[str]:
    lines = []
    margin = _INDENT * level
    while isinstance(node, Call) and node.operator == "if_func" and level < _DEEPEST_INDENT:
        condition, then, node = node.arguments
        lines += [f"{margin}if {_written(condition)}:", *_statements(then, level + 1)]
    return [*lines, f"{margin}return {_written(node)}"]


def _written(node: Node) -> str:
    return PYTHON.placed(fold(node, _visit), Binding.CHOICE)


def _visit(node: Node, arguments: tuple[Written, ...]) -> Written:
    if isinstance(node, Call) and OPERATORS[node.operator].gives is Kind.CONDITION:
        # Only here does it make no difference whether a whole number is a float: epoch < 20.
        pairs = zip(node.arguments, arguments, strict=True)
        arguments = tuple(Written(number_text(a.value)) if isinstance(a, Constant) else w for a, w in pairs)
    return PYTHON.visit(node, arguments)


def _form(operator: Operator) -> Form:
    places = ", ".join(f"#{place}" for place in range(1, operator.arity + 1))
    call = Form(f"{operator.meaning.__name__}({places})", places=(Binding.CHOICE,) * operator.arity)
    return operator.python or call


def called_functions(node: Node) -> tuple[Callable[..., float], ...]:
    """Return the functions of meanings.py that the source of an expression calls, in the order of their names."""
    called = {OPERATORS[part.operator] for part in walk(node) if isinstance(part, Call)}
    functions = {each.meaning.__name__: each.meaning for each in called if each.python is None}
    return tuple(functions[name] for name in sorted(functions))


PYTHON = Notation(
    constant=repr,
    variable=str,
    form=_form,
    brackets="(#1)",
    closed_choice=Form("(#1)"),
)
