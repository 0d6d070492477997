import time

import pytest
from hypothesis import given

from backend.expressions.errors import ExpressionError
from backend.expressions.languages import FORMULA, JOINT, RULE, RULE_WITH_DEPTH
from backend.expressions.nodes import Constant, Variable
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules

_MOMENTUM = "x = 0.1*x - 0.01*g; y = 0; z = 0; weight = x"


@given(rule=rules())
def test_every_rule_is_read_back_from_its_text(rule: UpdateRule) -> None:
    assert UpdateRule.from_text(rule.text) == rule


def test_a_rule_has_four_functions_with_their_names() -> None:
    rule = UpdateRule.from_text(_MOMENTUM)
    assert rule.text == "x = subtract(multiply(0.1, x), multiply(0.01, g)); y = 0; z = 0; weight = x"
    assert list(rule.functions) == ["x", "y", "z", "weight"]
    assert (rule.y, rule.weight) == (Constant(0), Variable("x"))
    assert UpdateRule.of(rule.functions) == rule


@pytest.mark.parametrize(
    ("text", "live", "reads"),
    [
        ("x = g; y = g; z = g; weight = g", (), "g"),
        ("x = g; y = x; z = 0; weight = y", ("x", "y"), "gxy"),
        ("x = x; y = y; z = add(y, z); weight = z", ("y", "z"), "yz"),
        ("x = x; y = y; z = z; weight = multiply(x, t)", ("x",), "tx"),
    ],
)
def test_live_is_what_the_weight_depends_on(text: str, live: tuple[str, ...], reads: str) -> None:
    rule = UpdateRule.from_text(text)
    assert rule.live_states == live
    assert rule.reads == set(reads)


@pytest.mark.parametrize(
    ("text", "column", "part"),
    [
        ("", 1, "'x =' is expected"),
        ("  y = 0", 3, "'x =' is expected"),
        ("x = 1", 6, "y is missing"),
        ("x = 0; y 0; z = 0; weight = g", 8, "'y =' is expected"),
        ("x = 0; z = 0; y = 0; weight = g", 8, "'y =' is expected"),
        ("x = 0; y = 0; z = 0; weight = g; a = 0", 32, "Nothing can follow weight"),
        ("x = 0; y = 0; z = 0; weight = ", 31, "In weight: Found the end of the text"),
        ("x = y; y = 0; z = 0; weight = g", 5, "In x: 'y' is no variable here"),
        ("x = 0; y = z; z = 0; weight = g", 12, "In y: 'z' is no variable here"),
        ("x = 0; y = 0; z = 0; weight = add(g, velocity)", 38, "'velocity' is no variable"),
        ("x = 0; y = 0; z = 0; weight = sqrt(g, 2)", 31, "sqrt takes 1 arguments, not 2"),
        ("x = 0; y = 0; z = 0; weight = 10^999", 33, "U+005E CIRCUMFLEX ACCENT"),
        ("x = 0; y = 0; z = 0; weight = 1e999", 31, "too large"),
        ("x = 0; y = 0; z = 0; weight = 3.5e38", 31, "at most 3.4e+38"),
        ("x = 0; y = 0; z = 0; weight = __import__('os').system('id')", 31, "'__import__' is no operator"),
        ("x = 0; y = 0; z = 0; weight = ｇ", 31, "U+FF47 FULLWIDTH LATIN SMALL LETTER G"),
        ("х = 0; y = 0; z = 0; weight = g", 1, "'x =' is expected"),
        ("x = 0; y = 0; z = 0; weight = g == g", 33, "U+003D EQUALS SIGN"),
    ],
)
def test_an_error_points_at_the_column_of_the_whole_text(text: str, column: int, part: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        UpdateRule.from_text(text)
    assert (caught.value.column, part in caught.value.message) == (column, True), caught.value


@pytest.mark.parametrize("text", ["(" * 10_000 + "g" + ")" * 10_000, "negative(" * 10_000, "-" * 10_000 + "g"])
def test_ten_thousand_nestings_are_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(ExpressionError, match="deeper than 100"):
        UpdateRule.from_text(f"x = 0; y = 0; z = 0; weight = {text}")
    assert time.process_time() - started < 2


def test_a_language_decides_what_a_rule_may_say() -> None:
    joint = "x = 0; y = 0; z = 0; weight = multiply(g, cos(multiply(pi, t)))"
    assert UpdateRule.from_text(joint, JOINT).reads == {"g", "t"}
    deep = "x = 0; y = 0; z = 0; weight = divide_no_nan(g, layer_num)"
    assert UpdateRule.from_text(deep, RULE_WITH_DEPTH).reads == {"g", "layer_num"}
    for text in (joint, deep, "x = 0; y = 0; z = 0; weight = sign(g)", "x = 0; y = 0; z = 0; weight = step"):
        assert UpdateRule.from_text(text, FORMULA)
        with pytest.raises(ExpressionError):
            UpdateRule.from_text(text, RULE)
