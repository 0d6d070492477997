import numpy as np
import pytest

from backend.export.comparison import ROUNDINGS, TOLERANCE, compare

_COURSE = np.array([[1, 0], [2, 0.5], [-4, 0.25]], np.float32)
_EXACT = _COURSE.astype(np.float64)


def test_equal_weights_do_not_differ() -> None:
    difference = compare(_COURSE, _EXACT, _COURSE)
    assert (difference.absolute, difference.relative, difference.rounding) == (0, 0, 0)
    assert difference.agrees


def test_a_difference_is_measured_against_the_largest_size_that_the_weight_has_had() -> None:
    found = _COURSE.copy()
    found[2, 1] = 0.375
    difference = compare(_COURSE, _EXACT, found)
    assert (difference.absolute, difference.relative) == (0.125, 0.25)
    assert difference.first_step == 2
    assert not difference.agrees


def test_what_is_within_the_tolerance_agrees() -> None:
    # The second weight was 0 at first, where every difference would be one.
    assert compare(_COURSE, _EXACT, _COURSE * np.float32(1 + TOLERANCE / 2)).agrees
    assert not compare(_COURSE, _EXACT, _COURSE * np.float32(1 + TOLERANCE * 2)).agrees


def test_a_rule_on_which_float32_itself_goes_astray_is_allowed_more() -> None:
    exact = _EXACT.copy()
    exact[1, 0] += 0.01
    found = _COURSE.copy()
    found[1:, 0] += 0.01 * ROUNDINGS / 2
    difference = compare(_COURSE, exact, found)
    assert difference.agrees
    assert difference.rounding == pytest.approx(0.005)
    found[0, 0] += 0.01
    assert compare(_COURSE, exact, found).first_step == 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_weights_that_are_not_finite_must_be_so_in_both(value: float) -> None:
    broken = _COURSE.copy()
    broken[2, 0] = value
    assert compare(broken, _EXACT, broken).agrees
    for pair in ((broken, _COURSE), (_COURSE, broken)):
        difference = compare(pair[0], _EXACT, pair[1])
        assert difference.first_step == 2
        assert np.isfinite([difference.absolute, difference.relative, difference.rounding]).all()


def test_another_shape_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 2\) came back where \(3, 2\)"):
        compare(_COURSE, _EXACT, _COURSE[:2])
