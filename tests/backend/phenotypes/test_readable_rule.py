import math

import numpy as np
import pytest

from backend.expressions.nodes import Constant, walk
from backend.expressions.print_text import to_text
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.readable_rule import new_value, readable_rule
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule


def _readable(text: str) -> UpdateRule:
    return readable_rule(UpdateRule.from_text(text))


@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_the_weights_stay_the_same_but_for_rounding(name: str) -> None:
    rule = HUMAN_MADE_RULES[name].rule()
    gradients = np.random.default_rng(0).normal(scale=0.05, size=(20, 100)).astype(np.float32)
    gradients[:, :5] = 0
    weights = np.random.default_rng(1).normal(size=100).astype(np.float32)
    found, expected = (trace(each, gradients, weights0=weights) for each in (readable_rule(rule), rule))
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        (
            "x = 0; y = 0; z = 0; weight = 0.1 * (g / sqrt(square(g)))",
            "x = 0; y = 0; z = 0; weight = multiply(0.1, sign(g))",
        ),
        # A state that keeps nothing is what it becomes, wherever it is read.
        ("x = x - g; y = y - (x + 1); z = 0; weight = x*y", "x = 0; y = 0; z = 0; weight = multiply(g, add(1, g))"),
        # A state that keeps something stays, under its name.
        ("x = 0; y = y*y; z = 0.1*z - g; weight = z", "x = 0; y = 0; z = subtract(multiply(0.1, z), g); weight = z"),
        ("x = 0; y = 0; z = -1; weight = g / z", "x = 0; y = 0; z = 0; weight = divide_no_nan(g, step)"),
    ],
)
def test_a_rule_is_shown_without_what_is_dead(text: str, readable: str) -> None:
    assert _readable(text).text == readable


def test_a_state_is_shown_as_what_it_keeps_and_what_is_added() -> None:
    rule = _readable("x = 0.1 * (x - g); y = -square(x); z = 0; weight = -0.5 * (x + y)")
    assert to_text(new_value(rule, "x")) == "add(multiply(0.9, x), multiply(0.1, g))"
    assert to_text(new_value(rule, "y")) == "add(y, square(x))"
    assert to_text(new_value(rule, "weight")) == "add(w, multiply(0.5, add(x, y)))"


def test_pi_is_pi() -> None:
    rule = _readable("x = 0; y = 0; z = 0; weight = g * cos(3.1415927 * t)")
    assert Constant(math.pi) in walk(rule.weight)
