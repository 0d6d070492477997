import numpy as np
import pytest
from hypothesis import given

from backend.expressions.evaluate import evaluate
from backend.expressions.exact import exactly
from backend.expressions.languages import FORMULA
from backend.expressions.nodes import Call, Node, size, walk
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.readable import readable
from tests.backend.rules import REAL_BOUNDS, expressions, real_points

_DECISIVE = {"sign", "sqrt", "pow", "divide_no_nan"}
_ROUNDED = {"add", "subtract", "cos"}


def _sensitive(node: Node) -> bool:
    """Whether rounding decides: a sum that should be 0 and is nearly, where 0 makes all the difference."""
    decisive = [part for part in walk(node) if isinstance(part, Call) and part.operator in _DECISIVE]
    return any(isinstance(inner, Call) and inner.operator in _ROUNDED for part in decisive for inner in walk(part))


@given(node=expressions(FORMULA))
def test_the_value_is_the_same_for_real_numbers_protected_points_included(node: Node) -> None:
    short = readable(node, REAL_BOUNDS)
    for point in real_points():
        before, after = evaluate(node, point), evaluate(short, point)
        if np.isfinite(before) and abs(before) < 1e6 and not _sensitive(node):
            assert after == pytest.approx(before, rel=1e-5, abs=1e-5)


@given(node=expressions(FORMULA))
def test_it_is_never_longer_than_the_exact_form_and_a_second_time_no_shorter(node: Node) -> None:
    short = readable(node, REAL_BOUNDS)
    assert size(short) <= size(exactly(node, REAL_BOUNDS, signed_zeros=False))
    assert size(readable(short, REAL_BOUNDS)) == size(short)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("divide_no_nan(x, sqrt(square(x)))", "sign(x)"),
        ("divide_no_nan(multiply(0.5, x), sqrt(square(x)))", "multiply(0.5, sign(x))"),
        ("divide_no_nan(sqrt(square(x)), x)", "sign(x)"),
        ("divide_no_nan(g, multiply(x, sqrt(square(g))))", "divide_no_nan(sign(g), x)"),
        ("sqrt(square(x))", "abs(x)"),
        ("sqrt(multiply(4, square(x)))", "multiply(2, abs(x))"),
        ("square(sqrt(square(x)))", "square(x)"),
        ("square(sqrt(add(1, square(x))))", "add(1, square(x))"),
        ("square(multiply(3, x))", "multiply(9, square(x))"),
        ("divide_no_nan(square(x), x)", "x"),
        ("divide_no_nan(x, square(x))", "divide_no_nan(1, x)"),
        ("divide_no_nan(divide_no_nan(x, y), z)", "divide_no_nan(x, multiply(y, z))"),
        ("divide_no_nan(x, divide_no_nan(y, z))", "divide_no_nan(multiply(x, z), y)"),
        ("divide_no_nan(multiply(x, step), step)", "x"),
        ("multiply(x, divide_no_nan(0.5, y))", "multiply(0.5, divide_no_nan(x, y))"),
        ("multiply(x, sign(x))", "abs(x)"),
        ("multiply(abs(x), sign(x))", "x"),
        ("multiply(0.5, multiply(0.5, x))", "multiply(0.25, x)"),
        ("multiply(4, divide_no_nan(0.5, x))", "divide_no_nan(2, x)"),
        ("abs(multiply(-2, x))", "multiply(2, abs(x))"),
        ("sign(multiply(-2, x))", "negative(sign(x))"),
        ("sign(sign(x))", "sign(x)"),
        ("pow(x, 2)", "square(x)"),
        ("pow(x, 0.5)", "sqrt(x)"),
        ("subtract(x, multiply(0.1, x))", "multiply(0.9, x)"),
        ("subtract(x, subtract(multiply(0.1, x), g))", "add(g, multiply(0.9, x))"),
        ("subtract(x, subtract(x, g))", "g"),
    ],
)
def test_a_person_sees_what_it_is(text: str, short: str) -> None:
    node, expected = parse(text, FORMULA), parse(short, FORMULA)
    assert to_text(readable(node, REAL_BOUNDS)) == short
    for point in real_points():
        before = evaluate(node, point)
        assert evaluate(expected, point) == pytest.approx(before, rel=1e-6, abs=1e-6, nan_ok=True), point


@pytest.mark.parametrize(
    "text",
    [
        # 0 at 0, not 1, y, or x.
        "divide_no_nan(x, x)",
        "divide_no_nan(multiply(x, y), x)",
        "multiply(x, divide_no_nan(y, x))",
        # No value below 0.
        "square(sqrt(x))",
        "subtract(sqrt(x), sqrt(x))",
        # Infinite at 0, where a division is 0.
        "pow(x, -1)",
    ],
)
def test_protected_operators_are_kept(text: str) -> None:
    node = parse(text, FORMULA)
    assert {part.operator for part in walk(readable(node, REAL_BOUNDS)) if isinstance(part, Call)} == {
        part.operator for part in walk(node) if isinstance(part, Call)
    }
