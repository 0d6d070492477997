import pytest

from backend.phenotypes.built_in_tunables import built_in_tunables
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES


@pytest.mark.parametrize("name", ["adam", "adamw", "rmsprop", "lion"])
def test_ranges_are_those_of_the_same_rule_written_by_people(name: str) -> None:
    for constant, tunable in built_in_tunables(name).items():
        assert HUMAN_MADE_RULES[name].tunables[constant] == tunable


def test_any_other_optimizer_has_its_rate() -> None:
    assert list(built_in_tunables("muon")) == ["learning_rate"]
