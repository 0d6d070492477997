import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.operators import OPERATORS
from backend.expressions.ranges import Range

_COMPARISONS = ("less", "less_equal", "greater", "greater_equal")
_bounds = st.integers(-5, 5).map(float) | st.floats(allow_nan=False)


def _holds(known: Range, value: float) -> bool:
    return known.low <= value <= known.high


@pytest.mark.parametrize("comparison", _COMPARISONS)
@given(bound=_bounds, value=_bounds)
def test_narrowing_keeps_exactly_the_values_for_which_the_comparison_holds(
    comparison: str, bound: float, value: float
) -> None:
    assert _holds(Range().narrowed(comparison, bound), value) == OPERATORS[comparison].meaning(value, bound)


@pytest.mark.parametrize("comparison", _COMPARISONS)
@given(bound=_bounds, value=st.integers(-6, 6))
def test_narrowing_whole_numbers_keeps_the_whole_numbers_for_which_it_holds(
    comparison: str, bound: float, value: int
) -> None:
    narrowed = Range(whole=True).narrowed(comparison, bound)
    assert _holds(narrowed, value) == OPERATORS[comparison].meaning(value, bound)


def test_between_two_neighbours_there_is_nothing() -> None:
    above = Range(whole=True).narrowed("greater", 9)
    assert above.narrowed("less", 10).empty
    assert not above.narrowed("less", 10.5).empty
    assert Range().narrowed("greater", 0.1).narrowed("less", math.nextafter(0.1, 1)).empty
    assert not Range().narrowed("greater", 9).narrowed("less", 10).empty


def test_what_is_not_a_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="'add' is not a comparison"):
        Range().narrowed("add", 1)
