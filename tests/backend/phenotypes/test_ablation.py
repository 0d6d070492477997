import pytest

from backend.phenotypes.ablation import MOST_VARIANTS, Variant, ablation
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.update_rule import UpdateRule


def variants(text: str) -> dict[str, Variant]:
    """The variants of a rule, by what is gone."""
    return {each.words: each for each in ablation(readable_rule(UpdateRule.from_text(text)))}


def weight_without(text: str, words: str) -> str:
    """What is left in the weight's function."""
    return variants(text)[words].rule.text.split("weight = ")[1]


def test_momentum_without_its_memory_is_sgd() -> None:
    found = variants(HUMAN_MADE_RULES["momentum"].rule().text)
    sgd = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = multiply(0.01, g)")
    assert found["x not kept from step to step"].behaviour == update_rule(sgd)
    assert found["x always 0"].behaviour is None
    assert "nothing would be learned" in (found["x always 0"].reason or "")


@pytest.mark.parametrize(
    ("weight", "words", "left"),
    [
        ("add(multiply(0.1, g), multiply(0.01, w))", "without the term 0.01 w", "multiply(0.1, g)"),
        ("subtract(multiply(0.1, g), w)", "without the term w", "multiply(0.1, g)"),
        ("subtract(w, g)", "without the term w", "negative(g)"),
        ("multiply(g, subtract(1, t))", "without the factor 1 − t", "g"),
        ("divide_no_nan(g, add(sqrt(square(w)), 0.5))", "without the divisor 0.5 + |w|", "g"),
        ("divide_no_nan(g, add(abs(w), 0.5))", "without the absolute value of w", "divide_no_nan(g, add(0.5, w))"),
        ("multiply(0.1, sign(g))", "without the sign of g", "multiply(0.1, g)"),
        ("min(g, 0.5)", "without the bound 0.5", "g"),
        ("pow(g, 3)", "without the exponent 3", "g"),
    ],
)
def test_each_kind_of_part_is_taken_out(weight: str, words: str, left: str) -> None:
    assert weight_without(f"x = 0; y = 0; z = 0; weight = {weight}", words) == left


def test_what_is_gone_from_a_state_is_said_with_its_name() -> None:
    rule = "x = subtract(multiply(0.1, x), add(g, w)); y = 0; z = 0; weight = multiply(0.01, x)"
    assert "without the term w in x" in variants(rule)


def test_constant_factors_are_no_parts() -> None:
    assert variants("x = 0; y = 0; z = 0; weight = multiply(0.01, g)") == {}


@pytest.mark.parametrize("name", ["adam", "lion", "rmsprop", "adamw-one-cycle"])
def test_no_variant_does_what_the_rule_or_another_variant_does(name: str) -> None:
    rule = HUMAN_MADE_RULES[name].rule()
    found = ablation(readable_rule(rule))
    keys = [each.behaviour.key for each in found if each.behaviour]
    assert 0 < len(found) <= MOST_VARIANTS
    assert len({*keys, update_rule(rule).key, update_rule(readable_rule(rule)).key}) >= len(keys) + 1
    assert update_rule(rule).key not in keys
    assert all((each.behaviour is None) == (each.reason is not None) for each in found)
    assert found == ablation(readable_rule(rule))


def test_of_too_many_the_largest_parts_are_chosen() -> None:
    rule = readable_rule(HUMAN_MADE_RULES["adam"].rule())
    assert [each.words for each in ablation(rule, most=2)] == [each.words for each in ablation(rule)][:2]
    assert all(
        "1e−07" not in each.words or "divisor" in each.words or "factor" in each.words for each in ablation(rule)
    )
