import math
from typing import Any

import pytest
from numpy.random import default_rng

from backend.search.adaptive_rates import parted, read_rates, stepped
from backend.search.representation import GenotypeError

NAMES = ("a", "b")


def test_three_rates_in_ten_take_a_normal_step_of_a_hundredth() -> None:
    rates = (0.5,) * 10_000
    steps = [after - before for before, after in zip(rates, stepped(rates, default_rng(1)), strict=True)]
    taken = [step for step in steps if step]
    assert 2800 < len(taken) < 3200
    assert math.isclose(math.sqrt(sum(step**2 for step in taken) / len(taken)), 0.01, rel_tol=0.04)
    assert abs(sum(taken) / len(taken)) < 0.001


def test_rates_stay_probabilities() -> None:
    rng = default_rng(2)
    rates: tuple[float, ...] = (0.0, 0.001, 0.999, 1.0)
    seen: list[float] = []
    for _ in range(300):
        rates = stepped(rates, rng)
        seen += rates
    assert min(seen) == 0.0
    assert max(seen) == 1.0
    assert len(set(seen)) > 100


def test_codons_and_rates_are_told_from_codons_alone() -> None:
    assert parted({"codons": {"a": [0]}, "rates": {"a": 0.5}}) == ({"a": [0]}, {"a": 0.5})
    for plain in ({"a": [0]}, {"codons": [0], "rates": [1]}, {"codons": {"a": [0]}}, None, 3):
        assert parted(plain) == (plain, None)


def test_rates_are_read_in_the_order_of_the_names() -> None:
    assert read_rates(NAMES, {"b": 1, "a": 0.25}) == (0.25, 1.0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": 0.5}, "has one for each of a, b"),
        ([0.5, 0.5], "has one for each of a, b"),
        ({"a": 0.5, "b": 1.5}, "mutation rate of b must be a number from 0 to 1, not 1.5"),
        ({"a": float("nan"), "b": 0.5}, "not nan"),
        ({"a": True, "b": 0.5}, "not True"),
        ({"a": "0.5", "b": 0.5}, "not '0.5'"),
    ],
)
def test_what_are_no_rates_is_refused(data: Any, words: str) -> None:
    with pytest.raises(GenotypeError, match=words):
        read_rates(NAMES, data)
