import re

import numpy as np
import pytest

from backend.benchmarks.comparison import Comparison, Contest, Outcome, compare
from backend.benchmarks.scores import Scores
from backend.benchmarks.verdict import headline, p_text, verdict

LOW = [0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57]
HIGH = [score + 0.1 for score in LOW]
# Each side is ahead about as often as the other.
MIXED = [0.505, 0.50, 0.53, 0.525, 0.55, 0.545, 0.57, 0.575]


def compared(ours: Scores, theirs: Scores) -> Comparison:
    return compare([Contest("mnist-1d", "evolved", "Adam", ours, theirs)])[0]


def test_a_win_is_said_with_its_numbers() -> None:
    said = verdict(compared(HIGH, LOW))
    assert said == (
        "evolved is better than Adam on mnist-1d: on average +0.1000 (n = 8, p = 0.00016 after Holm, A12 = 1.00), "
        "a large difference."
    )


def test_a_loss_is_said_as_readily() -> None:
    said = verdict(compared(LOW, HIGH))
    assert said.startswith("evolved is worse than Adam on mnist-1d: on average −0.1000 (n = 8, p = 0.00016 after Holm")


def test_no_difference_is_said_with_the_number_of_trials_that_would_be_needed() -> None:
    said = verdict(compared(MIXED, LOW))
    assert re.fullmatch(
        r"No difference shown between evolved and Adam on mnist-1d: on average \+0\.0025 "
        r"\(n = 8, p = 0\.87 after Holm, A12 = 0\.53\), a negligible difference; about \d+ trials each would be needed "
        r"to show one of this size\.",
        said,
    )


def test_equal_scores_are_called_equal() -> None:
    said = verdict(compared([0.5] * 8, [0.5] * 8))
    assert said == (
        "No difference shown between evolved and Adam on mnist-1d: every one of the 8 trials of both gave the same "
        "score."
    )


def test_the_same_scores_need_no_number_of_trials() -> None:
    assert "no number of trials would show a difference of this size" in verdict(compared(LOW, LOW))


def test_one_trial_shows_nothing() -> None:
    assert verdict(compared([0.9], [0.1])) == (
        "Nothing can be said of evolved against Adam on mnist-1d: 1 trial a side cannot show how far chance reaches."
    )


def test_that_all_failed_is_said_in_these_words() -> None:
    said = verdict(compared([None] * 8, [None] * 8))
    assert said.startswith("Nothing can be said of evolved against Adam on mnist-1d: all trials of both failed.")


def test_failures_are_counted_beside_the_verdict() -> None:
    said = verdict(compared([None, None, *HIGH[2:]], LOW))
    assert "2 of 8 trainings of evolved failed; they rank below every score." in said


def test_a_win_is_confirmed_by_a_second_round_or_taken_back() -> None:
    first = compared(HIGH, LOW)
    assert "Confirmed on fresh seeds (n = 8, p = 0.00016 after Holm" in verdict(first, compared(HIGH, LOW))
    taken_back = verdict(first, compared(MIXED, LOW))
    assert "Not confirmed on fresh seeds (n = 8, p = 0.87 after Holm" in taken_back
    assert taken_back.endswith("no difference shown.")


def test_the_headline_counts_what_the_comparisons_show() -> None:
    won, lost, even = compared(HIGH, LOW), compared(LOW, HIGH), compared(MIXED, LOW)
    assert headline([(won, None), (won, None)]) == "evolved: better in 2 of 2 declared comparisons."
    assert headline([(won, None), (lost, None), (even, None)]) == (
        "evolved: better in 1, worse in 1, no difference shown in 1 of 3 declared comparisons."
    )
    assert headline([(won, even)]) == "No difference shown in the one declared comparison."
    assert headline([]).startswith("No comparison was declared")


def test_p_values_are_never_said_to_be_0() -> None:
    assert p_text(0.0) == "p < 0.0001"
    assert p_text(0.2912) == "p = 0.29"
    assert p_text(None) == "p cannot be computed"


@pytest.mark.parametrize("trials", [8, 10, 30])
def test_two_identical_contenders_show_no_difference_in_at_least_95_of_100_seeds(trials: int) -> None:
    """Each side draws its own scores, as if they had no seeds in common; what differs is tried again, as by default."""
    shown = 0
    for seed in range(100):
        first, second = np.random.default_rng(seed).normal(0.55, 0.01, (2, 2, trials)).round(4)
        found, again = (compared(list(ours), list(theirs)) for ours, theirs in (first, second))
        differs = found.outcome is not Outcome.NO_DIFFERENCE
        said = headline([(found, again if differs else None)])
        shown += said == "No difference shown in the one declared comparison."
    assert shown >= 95


def test_one_round_alone_calls_identical_contenders_different_in_about_5_of_100() -> None:
    drawn = np.random.default_rng(0).normal(0.55, 0.01, (200, 2, 10)).round(4)
    found = [compared(list(ours), list(theirs)).outcome for ours, theirs in drawn]
    assert 0.015 <= 1 - found.count(Outcome.NO_DIFFERENCE) / len(found) <= 0.1


def test_better_is_said_only_below_5_percent_after_holm() -> None:
    generator = np.random.default_rng(4)
    for _ in range(40):
        ours, theirs = generator.normal(0.01, 0.01, (8,)), generator.normal(0, 0.01, (8,))
        for found in compare([Contest("p", "a", "b", list(ours), list(theirs))] * 3):
            assert found.p_holm is not None
            assert (found.p_holm < 0.05) == (("better" in verdict(found)) or ("worse" in verdict(found)))


def test_where_all_trainings_of_one_side_failed_there_is_no_mean_to_speak_of() -> None:
    said = verdict(compared(HIGH[:3], [None] * 3))
    assert "on mnist-1d: without a mean on one side (n = 3" in said
    assert "3 of 3 trainings of Adam failed" in said
