from typing import Any, Literal

import pytest

from backend.search.checks import check_count, check_one_of, check_rate


@pytest.mark.parametrize("value", [0, -1, 1.0, True, "1", None])
def test_a_count_is_a_whole_number_and_large_enough(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^size must be a whole number of at least 1, not .*\.$"):
        check_count("size", value, 1)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf"), True, "0.5", None])
def test_a_rate_is_a_number_from_zero_to_one(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^rate must be a number from 0 to 1, not .*\.$"):
        check_rate("rate", value)


def test_the_ends_are_allowed() -> None:
    check_count("size", 1, 1)
    check_rate("rate", 0)
    check_rate("rate", 1.0)


@pytest.mark.parametrize("value", ["teh", "", None, 1, ["the"]])
def test_a_word_is_one_of_those_that_there_are(value: Any) -> None:
    check_one_of("word", "other", Literal["the", "other"])
    with pytest.raises(ValueError, match=r"^word must be one of the, other, not .*\.$"):
        check_one_of("word", value, Literal["the", "other"])
