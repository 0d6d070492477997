from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from backend.benchmarks.significance import fewest_trials, holm, mann_whitney, signed_rank, smallest_p

OURS = [0.61, 0.59, 0.64, 0.60, 0.58, 0.63, 0.62, 0.57, 0.66, 0.65]
THEIRS = [0.60, 0.58, 0.59, 0.605, 0.55, 0.61, 0.625, 0.56, 0.64, 0.615]


def test_p_values_are_those_of_scipy() -> None:
    assert mann_whitney(OURS, THEIRS) == stats.mannwhitneyu(OURS, THEIRS, alternative="two-sided").pvalue
    assert signed_rank(OURS, THEIRS) == stats.wilcoxon(OURS, THEIRS).pvalue


def test_four_against_four_fully_apart_have_the_p_that_counting_gives() -> None:
    # Two of the 70 ways to choose 4 of 8 ranks are as extreme.
    assert mann_whitney([5, 6, 7, 8], [1, 2, 3, 4]) == pytest.approx(2 / 70)
    # All six signs alike: two of 2^6 ways.
    assert signed_rank([2, 4, 6, 8, 10, 12], [1, 2, 3, 4, 5, 6]) == pytest.approx(2 / 64)


def test_the_order_of_two_sides_changes_no_p() -> None:
    assert mann_whitney(OURS, THEIRS) == mann_whitney(THEIRS, OURS)
    assert signed_rank(OURS, THEIRS) == signed_rank(THEIRS, OURS)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [([0.5], [0.6]), ([], []), ([0.5, 0.5], [0.5, 0.5]), ([None, None], [None, None]), ([0.5], [0.1, 0.2, 0.3])],
)
def test_what_cannot_be_tested_has_no_p(ours: list[float | None], theirs: list[float | None]) -> None:
    assert mann_whitney(ours, theirs) is None
    if len(ours) == len(theirs):
        assert signed_rank(ours, theirs) is None


def test_one_side_that_failed_throughout_is_told_from_one_that_did_not() -> None:
    p = mann_whitney([None] * 8, OURS[:8])
    assert p is not None
    assert p < 0.001


def test_failed_trainings_rank_below_every_score() -> None:
    assert mann_whitney([None, 0.4, 0.5], [0.6, 0.7, 0.8]) == stats.mannwhitneyu([0, 0.4, 0.5], [0.6, 0.7, 0.8]).pvalue


def test_trials_that_are_no_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        signed_rank([0.1, 0.2], [0.1])


def test_holm_multiplies_the_smallest_p_by_all_the_next_by_one_less() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.4, 0.6]) == pytest.approx([0.8, 0.8])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_a_comparison_that_cannot_be_made_was_declared_all_the_same() -> None:
    assert holm([None, 0.01]) == [None, pytest.approx(0.02)]


def test_holm_never_reorders_and_never_lessens() -> None:
    p_values = list(np.random.default_rng(2).uniform(size=9))
    corrected = [p for p in holm(p_values) if p is not None]
    assert len(corrected) == len(p_values)
    in_order = [corrected[place] for place in np.argsort(p_values)]
    assert all(first <= second for first, second in pairwise(in_order))
    assert all(after >= before for after, before in zip(corrected, p_values, strict=True))


def test_five_trials_and_ten_comparisons_can_show_nothing() -> None:
    assert smallest_p(5, 10) == pytest.approx(10 * 2 / 252)
    assert smallest_p(5, 10) > 0.05 > smallest_p(8, 10)
    assert smallest_p(1, 1) == 1.0


def test_the_fewest_trials_are_the_first_that_can_show_something() -> None:
    for comparisons in (1, 3, 10, 28):
        fewest = fewest_trials(comparisons)
        assert smallest_p(fewest, comparisons) < 0.05 <= smallest_p(fewest - 1, comparisons)
    assert fewest_trials(1) == 4
