from backend.experiments.rule_portrait import readable, rule_portrait, short_formula
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES

MOMENTUM = HUMAN_MADE_RULES["momentum"].rule().text
WITH_DEAD = MOMENTUM.replace("z = 0", "z = square(g)").replace("multiply(0.01, x)", "negative(multiply(-0.01, x))")


def test_the_functions_that_are_needed_have_formulas_and_the_others_none() -> None:
    shown = rule_portrait(WITH_DEAD)
    assert shown.live_states == ("x",)
    assert shown.functions["z"] is None
    weight = shown.functions["weight"]
    assert weight is not None
    assert weight.text == "multiply(0.01, x)"
    assert weight.mathml.startswith("<math")
    assert "0.01" in weight.latex


def test_the_rule_as_evolved_is_shown_whole() -> None:
    assert "".join(piece.text for piece in rule_portrait(WITH_DEAD).raw) == WITH_DEAD


def test_the_short_formula_has_a_row_for_each_state_kept_and_one_for_the_weight() -> None:
    assert short_formula(WITH_DEAD).count("<mtr>") == 2
    assert short_formula(WITH_DEAD) == short_formula(MOMENTUM)


def test_a_phenotype_is_simplified_once() -> None:
    assert readable(WITH_DEAD) is readable(WITH_DEAD)
