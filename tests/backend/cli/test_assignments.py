import pytest

from backend.cli.assignments import overrides
from backend.cli.failure import Failure


def test_keys_nest_and_values_are_yaml_scalars() -> None:
    assignments = ["search.population_size=10", "search.mutation_rate=0.5", "training.patience=null", "problem=digits"]
    assert overrides(assignments) == {
        "search": {"population_size": 10, "mutation_rate": 0.5},
        "training": {"patience": None},
        "problem": "digits",
    }


def test_a_grammar_may_be_typed_with_all_its_signs() -> None:
    grammar = "<start> ::= a | b = c\n<x> ::= [1, 2]"
    assert overrides([f"grammar={grammar}"]) == {"grammar": grammar}


def test_a_list_is_written_in_brackets() -> None:
    assert overrides(['seeds=["adam", "run:1#2"]']) == {"seeds": ["adam", "run:1#2"]}


@pytest.mark.parametrize("value", ["{a: 1}", "2020-01-01", "a: b: c", "!!python/object:os.system x", ""])
def test_whatever_is_no_scalar_of_json_stays_text_or_null(value: str) -> None:
    assert overrides([f"name={value}"])["name"] in (value, None)


def test_the_last_of_two_values_counts() -> None:
    assert overrides(["problem=digits", "problem=mnist-1d"]) == {"problem": "mnist-1d"}


@pytest.mark.parametrize("assignment", ["search", "=3", "search.=3", ".x=3", "search size=3"])
def test_what_is_not_key_and_value_is_refused(assignment: str) -> None:
    with pytest.raises(Failure, match="key=value"):
        overrides([assignment])


def test_a_group_cannot_be_a_value_as_well() -> None:
    with pytest.raises(Failure, match="contradicts"):
        overrides(["search=3", "search.population_size=4"])
