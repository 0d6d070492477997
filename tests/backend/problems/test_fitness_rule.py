from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.problems.fitness_rule import Combine, Final, FitnessRule, NextFold

ALR = FitnessRule(folds=5, floor=0.8)


def test_one_fold_gives_its_score() -> None:
    rule = FitnessRule()
    assert rule.next([]) == NextFold(0)
    assert rule.next([0.3]) == Final(0.3)


def test_folds_follow_in_order_and_the_worst_score_counts() -> None:
    assert ALR.next([0.9, 0.85]) == NextFold(2)
    assert ALR.next([0.9, 0.85, 0.8, 0.95, 0.9]) == Final(0.8)


def test_the_first_score_below_the_floor_ends_it() -> None:
    assert ALR.next([0.9, 0.79]) == Final(0.79)


def test_a_failed_fold_ends_it_and_says_which() -> None:
    assert ALR.next([0.9, None]) == Final(None, failed=1)


@pytest.mark.parametrize(("combine", "fitness"), [("worst", 0.25), ("mean", 0.5625), ("median", 0.5)])
def test_the_mean_or_the_median_may_count_instead(combine: Combine, fitness: float) -> None:
    assert FitnessRule(folds=4, combine=combine).next([0.5, 1.0, 0.25, 0.5]) == Final(fitness)


@pytest.mark.parametrize("combine", get_args(Combine))
def test_below_the_floor_the_worst_score_counts_whatever_else_would(combine: Combine) -> None:
    assert FitnessRule(folds=3, floor=0.8, combine=combine).next([0.9, 0.95, 0.4]) == Final(0.4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.sampled_from(get_args(Combine)))
def test_who_ended_early_never_ranks_above_who_passed_every_fold(scores: list[float], combine: Combine) -> None:
    rule = FitnessRule(folds=5, floor=0.8, combine=combine)
    step = rule.next(scores)
    if min(scores) < 0.8:
        assert isinstance(step, Final)
        assert step.fitness is not None
        assert step.fitness < 0.8
    elif isinstance(step, Final):
        assert step.fitness is not None
        assert step.fitness >= 0.8


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"folds": 0}, "folds is 0"),
        ({"floor": 1.5}, "floor is 1.5"),
        ({"floor": float("nan")}, "floor is nan"),
        ({"combine": "best"}, "combine is 'best'"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_field(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        FitnessRule(**arguments)  # type: ignore[arg-type]  # that is what is refused


def test_repetitions_come_after_all_folds_and_count_like_them() -> None:
    rule = FitnessRule(folds=2, repetitions=2, combine="mean")
    assert rule.evaluations == 4
    assert [rule.next([0.5] * done) for done in range(4)] == [
        NextFold(0, 0),
        NextFold(1, 0),
        NextFold(0, 1),
        NextFold(1, 1),
    ]
    assert rule.next([0.5, 0.625, 0.75, 0.875]) == Final(0.6875)


def test_a_failed_repetition_ends_it() -> None:
    assert FitnessRule(repetitions=3).next([0.5, None]) == Final(None, failed=1)
