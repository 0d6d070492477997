import pytest

from backend.benchmarks.comparison import Contest, Outcome, compare
from backend.benchmarks.scores import Scores
from backend.benchmarks.significance import mann_whitney

LOW = [0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57]
HIGH = [score + 0.1 for score in LOW]


def contest(ours: Scores, theirs: Scores) -> Contest:
    return Contest("mnist-1d", "evolved", "Adam", ours, theirs)


def outcome(ours: Scores, theirs: Scores) -> Outcome:
    return compare([contest(ours, theirs)])[0].outcome


def test_what_lies_apart_is_better_one_way_and_worse_the_other() -> None:
    assert outcome(HIGH, LOW) is Outcome.BETTER
    assert outcome(LOW, HIGH) is Outcome.WORSE


def test_the_numbers_of_a_comparison_are_those_of_the_two_columns() -> None:
    (found,) = compare([contest(HIGH, LOW)])
    assert found.p == found.p_holm == mann_whitney(HIGH, LOW)
    assert found.p_pairs == found.p_pairs_holm == pytest.approx(2 / 256)
    assert (found.n, found.failed, found.a12) == (8, 0, 1.0)
    assert found.difference == pytest.approx(0.1)


def test_all_comparisons_together_are_corrected_for_their_number() -> None:
    found = compare([contest(HIGH, LOW)] * 2 + [contest(LOW, LOW[::-1])])
    assert found[0].p is not None
    assert found[0].p_holm == pytest.approx(3 * found[0].p)


def test_a_difference_that_the_correction_takes_away_is_none() -> None:
    four, four_better = LOW[:4], HIGH[:4]
    assert outcome(four_better, four) is Outcome.BETTER
    assert {each.outcome for each in compare([contest(four_better, four)] * 5)} == {Outcome.NO_DIFFERENCE}


def test_identical_scores_show_no_difference() -> None:
    assert outcome(LOW, LOW) is Outcome.NO_DIFFERENCE
    assert outcome([0.5] * 8, [0.5] * 8) is Outcome.NO_DIFFERENCE


@pytest.mark.parametrize(("ours", "theirs"), [([0.5], [0.6]), ([], []), ([None] * 8, [None] * 8)])
def test_one_trial_or_only_failures_say_nothing(ours: Scores, theirs: Scores) -> None:
    assert outcome(ours, theirs) is Outcome.CANNOT_SAY


def test_a_contender_that_always_fails_is_worse_than_one_that_does_not() -> None:
    (found,) = compare([contest([None] * 8, LOW)])
    assert (found.outcome, found.failed, found.difference) == (Outcome.WORSE, 8, None)


def test_sides_of_different_size_are_compared_without_pairs() -> None:
    (found,) = compare([contest(HIGH, LOW[:6])])
    assert found.p_pairs is None
    assert (found.n, found.n_rival, found.outcome) == (8, 6, Outcome.BETTER)
