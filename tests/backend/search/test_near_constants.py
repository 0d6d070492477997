import pytest

from backend.grammar.catalogue import load_grammar
from backend.grammar.reader import read_grammar
from backend.grammar.rules import Rule
from backend.search.near_constants import REACH, near_constants


def rule_of(text: str) -> Rule:
    return read_grammar(f"<a> ::= {text}").rules[0]


def test_a_constant_is_near_the_next_ones_by_value_however_they_are_listed() -> None:
    rule = rule_of(" | ".join(str(value) for value in (109, 100, 105, 101, 108, 104, 102, 106, 103, 107, 110, 99, 98)))
    values = [float(str(production)) for production in rule.productions]
    near = near_constants(rule)
    assert {values[place] for place in near[values.index(104)]} == {*range(98, 104), *range(105, 111)}
    assert {values[place] for place in near[values.index(108)]} == {98, *range(102, 108), 109, 110}


def test_where_constants_lie_close_together_some_are_near_by_factors() -> None:
    rule = load_grammar("joint").rules[4]
    assert rule.name == "x_const"
    values = [float(str(production)) for production in rule.productions]
    near = [values[place] for place in near_constants(rule)[95]]
    assert values[95] == pytest.approx(0.99990, abs=1e-5)
    assert near[:4] == pytest.approx([1 / 3, 1 / 2, 2 / 3, 5 / 6], abs=0.03)
    assert len(near[4:]) == REACH + 4  # four are larger


def test_equal_values_are_one_constant() -> None:
    near = near_constants(rule_of("1 | 2 | 1.0 | 2 | 3"))
    assert near == ((1, 4), (0, 4), (1, 4), (0, 4), (0, 1))


def test_a_constant_alone_is_near_none() -> None:
    assert near_constants(rule_of("1")) == ((),)


@pytest.mark.parametrize("text", ["x | 1", "1 | nan", "1 | inf", "1 | cos(1)", "1 | <a>"])
def test_what_are_not_all_numbers_have_no_order(text: str) -> None:
    assert near_constants(rule_of(text)) == ()


def test_the_joint_grammars_constants_are_ordered_and_nothing_else_is() -> None:
    ordered = {rule.name for rule in load_grammar("joint").rules if near_constants(rule)}
    assert ordered == {"x_const", "y_const", "z_const", "weight_const"}
