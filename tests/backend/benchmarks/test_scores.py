import numpy as np
import pytest

from backend.benchmarks.scores import Summary, median_interval, ranked, summarise


def test_mean_deviation_and_median_are_those_of_the_trials_that_have_a_score() -> None:
    found = summarise([0.5, None, 0.7, 0.9], seed=1)
    assert (found.n, found.failed) == (4, 1)
    assert found.mean == pytest.approx(0.7)
    assert found.deviation == pytest.approx(0.2)
    assert found.median == pytest.approx(0.7)


def test_one_trial_has_no_deviation_and_no_interval() -> None:
    assert summarise([0.5], seed=1) == Summary(1, 0, 0.5, None, 0.5, None, None)


@pytest.mark.parametrize("scores", [[], [None, None]])
def test_nothing_is_said_where_nothing_was_scored(scores: list[float | None]) -> None:
    assert summarise(scores, seed=1) == Summary(len(scores), len(scores), None, None, None, None, None)


def test_the_interval_holds_the_median_and_is_the_same_for_the_same_seed() -> None:
    values = np.linspace(0.4, 0.6, 11)
    low, high = median_interval(values, seed=3)
    assert 0.4 <= low < 0.5 < high <= 0.6
    assert (low, high) == median_interval(values, seed=3)
    assert (low, high) != median_interval(values * 1.01, seed=3)


def test_the_interval_covers_the_true_median_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(5)
    intervals = [median_interval(generator.normal(size=15), seed) for seed in range(150)]
    assert 0.88 <= sum(low <= 0 <= high for low, high in intervals) / len(intervals) <= 1


def test_a_failed_training_ranks_below_every_score_even_below_0() -> None:
    ours, theirs = ranked([0.0, None], [-3.0])
    assert ours[1] < theirs[0] < ours[0]
