import numpy as np
import pytest

from backend.benchmarks.effect_size import a12, size_in_words, trials_needed
from backend.benchmarks.significance import fewest_trials, mann_whitney


def test_a12_counts_the_pairs_that_are_won_and_half_of_those_that_tie() -> None:
    assert a12([3, 4], [1, 2]) == 1.0
    assert a12([1, 2], [3, 4]) == 0.0
    assert a12([1, 2], [1, 2]) == 0.5
    # 1 beats nothing, ties once; 3 beats both: (0 + 0.5 + 2) / 4.
    assert a12([1, 3], [1, 2]) == pytest.approx(2.5 / 4)


def test_a_failure_loses_against_every_score_and_ties_with_a_failure() -> None:
    assert a12([None, 0.9], [0.1, None]) == pytest.approx((0 + 0.5 + 1 + 1) / 4)


def test_without_trials_there_is_no_effect() -> None:
    assert a12([], [0.5]) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.5, "negligible"), (0.55, "negligible"), (0.56, "small"), (0.36, "medium"), (0.71, "large"), (0.0, "large")],
)
def test_sizes_have_the_words_of_the_literature(value: float, word: str) -> None:
    assert size_in_words(value) == word


def test_smaller_differences_and_more_comparisons_need_more_trials() -> None:
    # (1.960 + 0.842)^2 / (6 x 0.21^2)
    assert trials_needed(0.71) == 30
    assert trials_needed(0.29) == 30
    assert trials_needed(0.56) == 364
    few, many = trials_needed(0.71), trials_needed(0.71, comparisons=10)
    assert few is not None
    assert many is not None
    assert many > few


def test_no_number_shows_a_difference_of_nothing() -> None:
    assert trials_needed(0.5) is None


def test_the_number_needed_is_never_below_what_can_show_anything() -> None:
    for comparisons in (1, 3, 10, 60):
        assert (trials_needed(1.0, comparisons) or 0) >= fewest_trials(comparisons)


def test_with_the_trials_needed_four_of_five_attempts_show_the_difference() -> None:
    generator = np.random.default_rng(11)
    # Normal with unit deviations: A12 = Phi(shift / sqrt 2) = 0.71 for a shift of 0.7826.
    trials = trials_needed(0.71)
    assert trials is not None
    shown = [
        (mann_whitney(list(generator.normal(0.7826, 1, trials)), list(generator.normal(size=trials))) or 1.0) < 0.05
        for _ in range(100)
    ]
    assert 0.68 <= np.mean(shown) <= 0.92
