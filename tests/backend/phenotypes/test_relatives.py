import pytest

from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.relatives import Relative, nearest_relative
from backend.phenotypes.update_rule import UpdateRule


def _relative(text: str) -> Relative | None:
    return nearest_relative(readable_rule(UpdateRule.from_text(text)))


@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_every_human_made_rule_is_its_own_nearest(name: str) -> None:
    found = nearest_relative(readable_rule(HUMAN_MADE_RULES[name].rule()))
    assert found is not None
    assert (found.rule.name, found.likeness) == (name, 1)
    assert (found.applied, found.only_here, found.only_there, found.numbers) == (None, (), (), ())


def test_states_count_for_what_they_hold_and_numbers_are_told_apart() -> None:
    found = _relative("x = 0; y = 0; z = 0.2*z - g; weight = 0.01 * z")
    assert found is not None
    assert found.rule.name == "momentum"
    assert found.numbers == ((0.8, 0.9),)


def test_a_rate_of_one_is_a_number_like_others() -> None:
    found = _relative("x = 0; y = 0; z = 0; weight = g")
    assert found is not None
    assert (found.rule.name, found.numbers) == ("sgd", ((1, 0.01),))


def test_what_is_applied_to_a_whole_rule_is_named() -> None:
    found = _relative("x = 0.1*x - g; y = 0; z = 0; weight = 0.001 * (x / sqrt(square(x)))")
    assert found is not None
    assert (found.rule.name, found.applied) == ("momentum", "sign")


def test_the_difference_is_where_it_begins() -> None:
    found = _relative("x = 0.1 * (x - sqrt(square(g))); y = 0; z = 0; weight = 0.01 * (g / sqrt(x + 0.001))")
    assert found is not None
    assert found.rule.name == "rmsprop"
    assert found.only_here == ("a state that becomes c itself + c |g|",)
    assert found.only_there == ("a state that becomes c itself + c g²",)


def test_adam_is_known_without_its_bias_correction() -> None:
    found = _relative("x = 0.1*(x - g); y = 0.001*(y - square(g)); z = 0; weight = 0.01 * (x / (sqrt(y) + 0.001))")
    assert found is not None
    assert (found.rule.title, found.likeness) == ("Adam without bias correction", 1)


def test_what_is_like_no_rule_has_no_relative() -> None:
    assert _relative("x = 0; y = 0; z = 0; weight = pow(max(g, 0.3), cos(w))") is None
