import pytest

from backend.expressions.errors import ExpressionError
from backend.phenotypes.human_made_rule import HumanMadeRule
from backend.phenotypes.tunable import Tunable

_RULE = HumanMadeRule(
    "momentum",
    "Momentum",
    {"x": "subtract(multiply(1 - momentum, x), g)", "weight": "x"},
    {"learning_rate": Tunable(0.01, 1e-5, 1.0), "momentum": Tunable(0.9, 0.0, 0.999)},
)


def test_constants_have_usual_values_and_ranges() -> None:
    assert _RULE.constants == {"learning_rate": 0.01, "momentum": 0.9}
    assert _RULE.ranges == {"learning_rate": (1e-5, 1.0), "momentum": (0.0, 0.999)}


def test_numbers_take_the_place_of_names_and_what_they_alone_decide_is_computed() -> None:
    assert _RULE.rule().text == "x = subtract(multiply(0.1, x), g); y = 0; z = 0; weight = multiply(0.01, x)"
    assert _RULE.rule(momentum=0.999, learning_rate=1).text == (
        "x = subtract(multiply(0.001, x), g); y = 0; z = 0; weight = multiply(1, x)"
    )


def test_a_rule_without_a_rate_is_its_formulas() -> None:
    rule = HumanMadeRule("half", "Half", {"weight": "multiply(c, g)"}, {"c": Tunable(0.5, 0, 1)}, rate=None)
    assert rule.rule().text == "x = 0; y = 0; z = 0; weight = multiply(0.5, g)"


def test_an_unknown_constant_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="Momentum has no constant 'beta'; it has learning_rate, momentum"):
        _RULE.rule(beta=0.5)


def test_a_constant_that_leaves_no_finite_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        _RULE.rule(momentum=float("inf"))


def test_a_formula_knows_only_its_own_constants() -> None:
    rule = HumanMadeRule("wrong", "Wrong", {"weight": "multiply(rho, g)"}, {}, rate=None)
    with pytest.raises(ExpressionError, match="rho"):
        rule.rule()
