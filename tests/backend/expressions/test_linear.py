import pytest
from hypothesis import given

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import FORMULA
from backend.expressions.linear import collected, linear
from backend.expressions.nodes import Node, Variable
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from tests.backend.rules import REAL_BOUNDS, expressions, real_points


def test_a_sum_is_a_constant_and_terms_with_factors() -> None:
    found = linear(parse("subtract(add(x, 2), multiply(0.5, subtract(negative(x), add(g, 1))))", FORMULA))
    assert found.constant == 2.5
    assert found.terms == {Variable("x"): 1.5, Variable("g"): 0.5}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("subtract(g, multiply(2, g))", "negative(g)"),
        ("subtract(add(g, 1), add(1, g))", "0"),
        ("multiply(0.5, multiply(0.5, g))", "multiply(0.25, g)"),
        # Not shorter, or not a sum.
        ("add(x, x)", None),
        ("multiply(0.1, subtract(x, g))", None),
        ("square(add(x, x))", None),
        # What may be without a value does not cancel.
        ("subtract(sqrt(x), sqrt(x))", None),
        ("subtract(pow(x, -1), pow(x, -1))", None),
    ],
)
def test_like_terms_are_collected_where_that_is_shorter(text: str, whole: str | None) -> None:
    assert to_text(collected(parse(text, FORMULA), REAL_BOUNDS)) == (whole or text)


def test_it_may_be_as_long_as_before_when_asked() -> None:
    node = parse("subtract(x, multiply(0.1, subtract(x, g)))", FORMULA)
    assert to_text(collected(node, REAL_BOUNDS, longer_by=0)) == "add(multiply(0.9, x), multiply(0.1, g))"


@given(node=expressions(FORMULA.without({"y", "z"})))
def test_the_value_is_the_same(node: Node) -> None:
    whole = collected(node, REAL_BOUNDS)
    for point in real_points()[:20]:
        before = evaluate(node, point)
        if abs(before) < 1e6:
            assert evaluate(whole, point) == pytest.approx(before, rel=1e-9, abs=1e-9)
