from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rule_constants import rule_constants, with_constants
from backend.phenotypes.tunable import Scale, Tunable
from backend.phenotypes.update_rule import UpdateRule

RULE = UpdateRule.from_text(
    "x = multiply(-0.5, add(x, g)); y = 0; z = 0; weight = add(multiply(0.01, x), multiply(3, g))"
)


def test_every_number_but_zero_is_a_constant_with_a_range_around_it() -> None:
    assert rule_constants(RULE) == {
        "x_1": Tunable(-0.5, -1.5, -0.5 / 3, Scale.LOG),
        "weight_1": Tunable(0.01, 0.01 / 3, 0.03, Scale.LOG),
        "weight_2": Tunable(3, 1, 9, Scale.LOG),
    }


def test_constants_are_put_where_they_were_found() -> None:
    changed = with_constants(RULE, {"weight_2": 7.0, "x_1": -0.25})
    assert changed.text == (
        "x = multiply(-0.25, add(x, g)); y = 0; z = 0; weight = add(multiply(0.01, x), multiply(7, g))"
    )


def test_the_usual_values_leave_a_rule_as_it_is() -> None:
    for made in HUMAN_MADE_RULES.values():
        rule = made.rule()
        usual = {name: each.default for name, each in rule_constants(rule).items()}
        assert with_constants(rule, usual) == rule
