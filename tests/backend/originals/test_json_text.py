import math

import pytest

from backend.originals.errors import UnreadableOriginal
from backend.originals.json_text import objects, single


def test_values_follow_each_other_with_or_without_space() -> None:
    assert list(objects('{"a": 1}{"a": 2}\n [3] ', "f")) == [(0, {"a": 1}), (8, {"a": 2}), (18, [3])]


def test_nan_and_infinity_are_numbers_as_python_writes_them() -> None:
    found = single("[NaN, -Infinity]", "f")
    assert isinstance(found, list)
    assert math.isnan(found[0])
    assert found[1] == -math.inf


@pytest.mark.parametrize("text", ['[{"id": 1,\n "fitness": -0.', "[1,\n2", '["abc'])
def test_torn_json_is_said_to_be_torn_with_its_line(text: str) -> None:
    with pytest.raises(UnreadableOriginal, match=r"iteration_3\.json, line \d: the JSON ends in the middle: the file"):
        single(text, "iteration_3.json")


def test_what_is_no_json_is_said_to_be_none() -> None:
    with pytest.raises(UnreadableOriginal, match="line 1: this is no JSON"):
        single("POPSIZE: 20 and more of it", "f")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="empty"):
        single(" \n", "f")


def test_two_values_are_not_one() -> None:
    with pytest.raises(UnreadableOriginal, match="2 of them"):
        single("[][]", "f")


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="nested too deeply"):
        single("[" * 200_000, "f")


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="a number in it cannot be read"):
        single(f"[{'1' * 5000}]", "f")
