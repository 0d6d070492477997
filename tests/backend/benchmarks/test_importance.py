import numpy as np
import pytest

from backend.benchmarks.importance import FEWEST, importance
from backend.benchmarks.tuning import Told
from backend.phenotypes.tunable import Scale, Tunable

SPACE = {
    "learning_rate": Tunable(0.01, 0.0001, 1.0, Scale.LOG),
    "momentum": Tunable(0.9, 0.0, 0.999, Scale.ONE_MINUS),
    "other": Tunable(0.5, 0.0, 1.0),
}


def told(count: int, matters: str, seed: int = 0) -> list[Told]:
    """Trainings whose score depends on the place of one constant alone; it is best in the middle of its range."""
    rows = np.random.default_rng(seed).random((count, len(SPACE))).tolist()
    found = []
    for number, row in enumerate(rows):
        constants = {name: each.value_at(place) for (name, each), place in zip(SPACE.items(), row, strict=True)}
        place = SPACE[matters].place_of(constants[matters])
        found.append(Told(number, constants, 0.9 - abs(place - 0.5)))
    return found


@pytest.mark.parametrize("matters", list(SPACE))
def test_the_constant_that_the_score_depends_on_has_the_largest_share(matters: str) -> None:
    shares = importance(SPACE, told(60, matters)).shares
    assert next(iter(shares)) == matters
    assert shares[matters] > 0.6
    assert sum(shares.values()) == pytest.approx(1)


def test_neither_the_order_of_the_trainings_nor_a_second_look_changes_anything() -> None:
    known = told(30, "momentum")
    first, again = importance(SPACE, known), importance(SPACE, known[::-1])
    assert first.shares == pytest.approx(again.shares)


def test_a_constant_that_decides_whether_a_training_fails_matters() -> None:
    even = [
        Told(each.number, each.constants, 0.5 + each.number * 1e-6 if each.constants["other"] < 0.3 else None)
        for each in told(80, "other")
    ]
    assert next(iter(importance(SPACE, even).shares)) == "other"


def test_with_too_few_scores_it_says_so_and_gives_no_shares() -> None:
    known = told(FEWEST, "other")
    assert importance(SPACE, known).why is None
    few = importance(SPACE, [*known[1:], Told(0, known[0].constants, None)])
    assert (dict(few.shares), few.why) == ({}, "14 trainings with a score; 15 are needed to tell")
    assert importance(SPACE, []).why == "no trainings with a score; 15 are needed to tell"


def test_equal_scores_say_nothing_of_any_constant() -> None:
    equal = [Told(each.number, each.constants, 0.5) for each in told(30, "other")]
    assert importance(SPACE, equal).why == "every training gave the same score"


def test_where_all_but_a_few_gave_the_worst_score_nothing_is_said() -> None:
    known = [Told(each.number, each.constants, 0.6 if each.number < 4 else 0.1) for each in told(30, "other")]
    assert importance(SPACE, known).why == "hardly any training gave another score than the worst"
    known = [Told(each.number, each.constants, 0.6 if each.number < 5 else 0.1) for each in told(30, "other")]
    assert importance(SPACE, known).why is None


def test_the_only_constant_has_nothing_to_be_held_against() -> None:
    one = {"learning_rate": SPACE["learning_rate"]}
    assert importance(one, told(30, "learning_rate")).why == "the only constant that was tuned"
