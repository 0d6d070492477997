import pytest

from backend.benchmarks.curves import TimeToTarget, band, epochs_to, level_of, time_to_target


def test_a_band_is_mean_and_deviation_by_epoch() -> None:
    found = band([[0.1, 0.5], [0.3, 0.5]])
    assert found.mean == pytest.approx((0.2, 0.5))
    assert found.low == pytest.approx((0.2 - 0.02**0.5, 0.5))
    assert found.high == pytest.approx((0.2 + 0.02**0.5, 0.5))
    assert found.n == (2, 2)


def test_trials_that_ended_early_or_have_no_number_are_missing_where_they_are() -> None:
    found = band([[0.1, None, 0.4], [0.3], [None, None]])
    assert found.n == (2, 0, 1)
    assert found.mean[0] == pytest.approx(0.2)
    assert (*found.mean[1:], found.low[1], found.high[1], found.low[2]) == (None, 0.4, None, None, 0.4)


def test_no_trials_have_an_empty_band() -> None:
    assert band([]).mean == ()


def test_the_target_is_reached_at_the_first_epoch_that_has_it() -> None:
    assert epochs_to([0.1, None, 0.5, 0.4, 0.6], 0.5) == 3
    assert epochs_to([0.1, None], 0.5) is None


def test_time_to_target_is_the_median_of_the_trials_that_get_there() -> None:
    curves = [[0.1, 0.6], [0.7], [0.2, 0.2, 0.2, 0.6], [0.1]]
    assert time_to_target(curves, 0.5) == TimeToTarget(reached=3, trials=4, epochs=2.0)
    assert time_to_target(curves, 0.9) == TimeToTarget(reached=0, trials=4, epochs=None)


def test_the_level_is_what_half_of_the_trials_reach() -> None:
    assert level_of([[0.1, 0.6], [0.7, 0.2], [0.2]]) == 0.6
    assert level_of([[None], []]) is None
