import numpy as np
import pytest
from hypothesis import example, given

from backend.expressions.arrays import Floats, evaluate_float32
from backend.expressions.exact import INFINITY, NAN, exactly, nearest_float32, sees_signs_of_zero
from backend.expressions.languages import FORMULA, LARGEST_FLOAT32
from backend.expressions.nodes import Call, Constant, Node
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.phenotypes.canonical_rule import BOUNDS
from tests.backend.rules import expressions

_FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 0.3, -0.7, 3.0, 1e-20, -1e-20, 1e20, -1e20, 1e-40, LARGEST_FLOAT32]
_ANY = [*_FLOATS, np.inf, -np.inf, np.nan]


def _values() -> dict[str, Floats]:
    """Give every variable every value that it can have, in combinations."""
    rng = np.random.default_rng(0)
    values = {name: rng.choice(_ANY, 500) for name in "xyz"} | {name: rng.choice(_FLOATS, 500) for name in "gw"}
    values["t"] = rng.choice([0, 0.25, 0.5, 1], 500)
    values |= {name: rng.choice([1, 2, 7], 500) for name in ("step", "layer_num", "layer_count")}
    return {name: each.astype(np.float32) for name, each in values.items()}


def _bits(node: Node, signs_of_zero: bool) -> list[float]:
    found = evaluate_float32(node, _values()) * np.ones(500, np.float32)
    with np.errstate(all="ignore"):
        found = found if signs_of_zero else found + np.float32(0)
    return [each.hex() if each == each else "nan" for each in found.astype(float).tolist()]  # type: ignore[misc]


@given(node=expressions(FORMULA))
@example(parse("max(g, 0)", FORMULA))
@example(parse("sign(negative(g))", FORMULA))
@example(parse("multiply(0, negative(t))", FORMULA))
def test_the_value_stays_the_same_to_the_last_bit(node: Node) -> None:
    assert _bits(exactly(node, BOUNDS, signed_zeros=True), True) == _bits(node, True)


@given(node=expressions(FORMULA))
def test_where_nothing_sees_it_the_sign_of_zero_may_change_and_nothing_else(node: Node) -> None:
    if not sees_signs_of_zero(node, BOUNDS):
        assert _bits(exactly(node, BOUNDS, signed_zeros=False), False) == _bits(node, False)


@given(node=expressions(FORMULA))
@example(parse("cos(negative(0))", FORMULA))
@example(parse("multiply(multiply(-0.5, 0), add(g, -0.5))", FORMULA))
def test_a_second_time_changes_nothing(node: Node) -> None:
    for signed_zeros in (True, False):
        form = exactly(node, BOUNDS, signed_zeros)
        assert exactly(form, BOUNDS, signed_zeros) == form


@given(left=expressions(FORMULA, 3), right=expressions(FORMULA, 3))
def test_the_order_of_operands_makes_no_difference_where_it_makes_none(left: Node, right: Node) -> None:
    for operator in ("add", "multiply", "min", "max"):
        forms = {exactly(Call(operator, pair), BOUNDS, False) for pair in ((left, right), (right, left))}
        assert len(forms) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("multiply(x, 1)", "x"),
        ("multiply(-1, x)", "negative(x)"),
        ("multiply(g, 0)", "0"),
        ("add(x, 0)", "x"),
        ("subtract(x, 0)", "x"),
        ("subtract(0, x)", "negative(x)"),
        ("subtract(g, g)", "0"),
        ("add(x, x)", "multiply(2, x)"),
        ("multiply(x, x)", "square(x)"),
        ("square(negative(x))", "square(x)"),
        ("negative(negative(x))", "x"),
        ("negative(subtract(x, g))", "subtract(g, x)"),
        ("add(x, negative(g))", "subtract(x, g)"),
        ("subtract(x, negative(g))", "add(g, x)"),
        ("add(negative(x), negative(g))", "negative(add(g, x))"),
        ("multiply(negative(x), multiply(-0.5, g))", "multiply(x, multiply(0.5, g))"),
        ("negative(multiply(0.5, g))", "multiply(-0.5, g)"),
        ("divide_no_nan(negative(x), negative(g))", "divide_no_nan(x, g)"),
        ("divide_no_nan(x, 1)", "x"),
        ("divide_no_nan(x, 0)", "0"),
        ("divide_no_nan(x, subtract(g, g))", "0"),
        ("pow(x, 1)", "x"),
        ("pow(x, 0)", "1"),
        ("pow(1, x)", "1"),
        ("cos(negative(x))", "cos(x)"),
        ("abs(square(x))", "square(x)"),
        ("abs(negative(x))", "abs(x)"),
        ("min(t, 1)", "t"),
        ("max(t, 2)", "2"),
        ("min(x, x)", "x"),
        ("sqrt(subtract(-1, square(g)))", "sqrt(-1)"),
        ("add(g, sqrt(-2))", "sqrt(-1)"),
        ("multiply(1e38, 1e38)", "pow(0, -1)"),
        ("multiply(0.1, 3)", "0.3"),
    ],
)
def test_an_identity_that_holds_is_used(text: str, form: str) -> None:
    assert to_text(exactly(parse(text, FORMULA), BOUNDS, signed_zeros=False)) == form


@pytest.mark.parametrize(
    "text",
    [
        # 0 at 0.
        "divide_no_nan(x, x)",
        "divide_no_nan(multiply(x, y), x)",
        "multiply(x, divide_no_nan(1, x))",
        # NaN for infinities.
        "multiply(0, x)",
        "subtract(x, x)",
        # Squares overflow and underflow.
        "sqrt(square(x))",
        "square(sqrt(x))",
        # Sums and products round.
        "add(y, add(g, x))",
        "subtract(x, subtract(x, g))",
        "multiply(0.1, multiply(0.1, x))",
        "pow(x, 2)",
        "pow(x, 0.5)",
    ],
)
def test_what_holds_for_real_numbers_but_not_in_float32_is_left(text: str) -> None:
    assert to_text(exactly(parse(text, FORMULA), BOUNDS, signed_zeros=False)) == text


def test_a_power_with_a_negative_exponent_tells_minus_zero_from_zero() -> None:
    for text, sees in (("pow(x, -1)", True), ("pow(0.5, g)", False), ("pow(x, 0.5)", False), ("pow(g, x)", True)):
        assert sees_signs_of_zero(parse(text, FORMULA), BOUNDS) == sees
    assert to_text(exactly(parse("add(x, 0)", FORMULA), BOUNDS, signed_zeros=True)) == "add(0, x)"


def test_constants_are_those_that_float32_holds_in_their_shortest_form() -> None:
    assert nearest_float32(0.1) == nearest_float32(0.10000000149011612) == Constant(0.1)
    assert nearest_float32(1 / 3) == Constant(0.33333334)
    assert nearest_float32(1e-50) == nearest_float32(-1e-50) == Constant(0)
    assert nearest_float32(float("nan")) == NAN
    assert nearest_float32(1e39) == INFINITY
    assert nearest_float32(-1e39) == Call("negative", (INFINITY,))
