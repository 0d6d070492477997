import pytest
from pydantic import ValidationError

from backend.experiments.configuration import Configuration
from backend.experiments.errors import FieldError
from backend.experiments.faults import field_errors


def found(given: object) -> tuple[FieldError, ...]:
    with pytest.raises(ValidationError) as error:
        Configuration.model_validate(given)
    return field_errors(error.value, "/overrides", Configuration)


def test_a_value_out_of_range_is_answered_with_what_is_allowed_and_what_was_given() -> None:
    assert found({"search": {"population_size": 0}}) == (
        FieldError("/overrides/search/population_size", "must be greater than or equal to 1 (given: 0)"),
    )


def test_an_unknown_field_is_answered_with_those_beside_it() -> None:
    (fault,) = found({"fitness": {"flor": 0.5}})
    assert fault == FieldError(
        "/overrides/fitness/flor",
        "there is no such field; there are folds, floor, repetitions, combine, seeds, new_data",
    )


def test_an_empty_text_is_said_to_be_empty() -> None:
    assert found({"seeds": [""]}) == (FieldError("/overrides/seeds/0", "must not be empty"),)


def test_every_fault_is_found_at_once() -> None:
    assert len(found({"search": {"generations": 0, "mutation_rate": 2}, "problm": "digits"})) == 3


def test_a_long_value_is_shown_in_part() -> None:
    (fault,) = found({"training": {"epochs": "x" * 500}})
    assert len(fault.detail) < 200


def test_a_wrong_group_is_not_shown_whole() -> None:
    (fault,) = found({"search": [1, 2, 3]})
    assert fault.pointer == "/overrides/search"
    assert "given" not in fault.detail
