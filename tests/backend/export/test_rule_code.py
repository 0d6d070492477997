import pytest

from backend.export.rule_code import CodeWriter, Dialect, imports_of, subtracted
from backend.expressions.languages import FORMULA
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text

_DIALECT = Dialect(
    {"divide_no_nan": "divide(#1, #2)", "min": "lib.min(#1, #2)", "sqrt": "lib.sqrt(#1)", "square": "lib.square(#1)"},
    of_array_and_number={"min": "lib.at_most(#1, #2)"},
    helpers={"divide": "def divide...\n", "sqrt": "def sqrt...\n"},
)


def _node(text: str) -> Node:
    return parse(text, FORMULA.with_variables({"c1", "c2"}))


def _value(text: str) -> str:
    code = CodeWriter(_DIALECT).write(_node(text))
    assert code.lines == ()
    return code.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("add(x, subtract(y, g))", "x + (y - g)"),
        ("subtract(subtract(x, y), g)", "x - y - g"),
        ("subtract(x, subtract(y, g))", "x - (y - g)"),
        ("multiply(add(x, y), g)", "(x + y) * g"),
        ("multiply(x, multiply(y, g))", "x * (y * g)"),
        ("multiply(negative(x), g)", "-x * g"),
        ("multiply(x, negative(g))", "x * (-g)"),
        ("negative(multiply(x, g))", "-(x * g)"),
        ("multiply(x, -2)", "x * (-2)"),
        ("divide_no_nan(x, c1)", "x / c1"),
        ("divide_no_nan(x, multiply(c1, c2))", "x / (c1 * c2)"),
        ("divide_no_nan(c1, x)", "divide(c1, x)"),
        ("divide_no_nan(x, t)", "divide(x, t)"),
        ("min(c1, x)", "lib.at_most(x, c1)"),
        ("min(y, x)", "lib.min(y, x)"),
        ("add(c1, sqrt(x))", "lib.sqrt(x) + c1"),
        ("multiply(pi, t)", "math.pi * t"),
        ("add(g, sqrt(-1))", "g + math.nan"),
        ("add(g, negative(pow(0, -1)))", "g + -math.inf"),
    ],
)
def test_code_has_the_brackets_that_it_needs(text: str, code: str) -> None:
    assert _value(text) == code


def test_a_repeated_part_is_computed_once() -> None:
    code = CodeWriter(_DIALECT).write(_node("multiply(sqrt(add(x, g)), subtract(y, sqrt(add(x, g))))"))
    assert code.lines == ("u1 = lib.sqrt(x + g)",)
    assert code.value == "u1 * (y - u1)"


def test_a_long_formula_is_cut_into_lines() -> None:
    deep = "sqrt(add(x, multiply(g, y)))"
    for _ in range(5):
        deep = f"add(multiply(square(g), {deep}), multiply(square(y), subtract(x, square(z))))"
    code = CodeWriter(_DIALECT).write(_node(deep))
    assert len(code.lines) > 1
    assert max(map(len, (*code.lines, code.value))) < 90


def test_names_are_given_once_in_a_scope() -> None:
    writer = CodeWriter(_DIALECT)
    repeated = _node("multiply(sqrt(add(x, g)), subtract(y, sqrt(add(x, g))))")
    writer.write(repeated)
    assert writer.write(repeated).lines == ("u2 = lib.sqrt(x + g)",)


def test_constants_are_called_as_the_scope_calls_them() -> None:
    assert CodeWriter(_DIALECT, lambda name: f"self.{name}").write(_node("multiply(c1, x)")).value == "self.c1 * x"


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("g", "subtract(w, g)"),
        ("negative(g)", "add(w, g)"),
        ("multiply(negative(c1), g)", "add(w, multiply(c1, g))"),
        ("divide_no_nan(negative(c1), g)", "add(w, divide_no_nan(c1, g))"),
    ],
)
def test_two_minus_signs_in_a_row_are_a_plus(change: str, left: str) -> None:
    assert to_text(subtracted("w", _node(change))) == left


def test_a_file_gets_the_functions_that_it_calls_and_no_others() -> None:
    assert _DIALECT.helpers_of("x = divide(g, y) + lib.sqrt(x)") == "\n\ndef divide...\n"
    assert imports_of("x = lib.sqrt(x)") == ""
    assert imports_of("x = math.pi * x") == "import math\n\n"
