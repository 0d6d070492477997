from backend.expressions.languages import FORMULA
from backend.expressions.operators import OPERATORS
from backend.phenotypes.rule_step import compile_rule
from backend.phenotypes.update_rule import UpdateRule

_MEANINGS = {name: OPERATORS[name].meaning for name in FORMULA.operators}


def test_a_step_gives_the_live_states_and_the_change_of_the_weight_over_any_kind_of_number() -> None:
    rule = UpdateRule.from_text("x = subtract(multiply(0.5, x), g); y = g; z = subtract(z, x); weight = multiply(w, z)")
    step = compile_rule(rule, _MEANINGS, float)
    assert step({"x": 4.0, "z": 1.0, "g": 1.0, "w": 10.0}) == {"x": 3.0, "z": 3.0, "weight": 30.0}


def test_what_is_given_can_be_given_again() -> None:
    step = compile_rule(UpdateRule.from_text("x = -1; y = 0; z = 0; weight = x"), _MEANINGS, float)
    given = {"x": 0.0}
    for _ in range(3):
        given = step({**given, "g": 0.0})
    assert given == {"x": 3.0, "weight": 3.0}
