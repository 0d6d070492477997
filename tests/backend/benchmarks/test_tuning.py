import subprocess
import sys

import pytest

from backend.benchmarks.tuning import Plan, Race, Told, asked, best, mean_or_none
from backend.phenotypes.tunable import Scale, Tunable

SPACE = {"rate": Tunable(0.001, 1e-5, 1.0, Scale.LOG), "kept": Tunable(0.9, 0.0, 1.0)}
PLAN = Plan(trainings=26, by_chance=9, batch=8)


def test_the_probe_and_what_needs_no_result_are_asked_for_first() -> None:
    assert PLAN.batches == (range(10), range(10, 18), range(18, 26))


@pytest.mark.parametrize(("trainings", "sizes"), [(1, [1]), (4, [4]), (11, [10, 1]), (101, [10, *[8] * 11, 3])])
def test_batches_have_all_trainings(trainings: int, sizes: list[int]) -> None:
    assert [len(each) for each in Plan(trainings, 9, 8).batches] == sizes


def test_the_usual_constants_are_training_0() -> None:
    assert asked(PLAN, SPACE, 0, [], seed=1)[0] == {"rate": 0.001, "kept": 0.9}


def test_all_that_is_asked_lies_in_the_ranges() -> None:
    everything = [*asked(PLAN, SPACE, 0, [], seed=1), *asked(PLAN, SPACE, 1, _told(), seed=1)]
    assert len(everything) == 18
    assert all(tunable.low <= each[name] <= tunable.high for each in everything for name, tunable in SPACE.items())


def test_the_order_in_which_trainings_end_changes_nothing() -> None:
    told = _told()
    assert asked(PLAN, SPACE, 1, told, seed=1) == asked(PLAN, SPACE, 1, told[::-1], seed=1)


def test_another_seed_asks_for_other_constants() -> None:
    assert asked(PLAN, SPACE, 0, [], seed=1)[1:] != asked(PLAN, SPACE, 0, [], seed=2)[1:]
    assert asked(PLAN, SPACE, 1, _told(), seed=1) != asked(PLAN, SPACE, 1, _told(), seed=2)


def test_guided_constants_are_nearer_to_the_good_ones_than_those_by_chance() -> None:
    first = _told()
    second = asked(PLAN, SPACE, 1, first, seed=1)
    more = [*first, *(_scored(10 + place, each) for place, each in enumerate(second))]
    third = asked(PLAN, SPACE, 2, more, seed=2)

    def distance(constants: list[dict[str, float]]) -> float:
        return sum(abs(SPACE["rate"].place_of(each["rate"]) - 0.6) for each in constants) / len(constants)

    assert distance(third) < distance([dict(each.constants) for each in first])


def test_a_failed_training_steers_away_instead_of_being_forgotten() -> None:
    told = _told()
    failed = [Told(each.number, each.constants, None) if each.constants["rate"] > 0.01 else each for each in told]
    kept = [each for each in failed if each.score is not None]
    assert 0 < len(kept) < len(told)
    assert asked(PLAN, SPACE, 1, failed, seed=1) != asked(PLAN, SPACE, 1, kept, seed=1)


def test_a_tuning_of_which_everything_failed_still_asks() -> None:
    failed = [Told(each.number, each.constants, None) for each in _told()]
    assert len(asked(PLAN, SPACE, 1, failed, seed=1)) == 8


def test_the_best_are_those_of_the_highest_scores_each_once_and_the_first_of_equal_ones() -> None:
    told = [Told(0, {"rate": 0.1}, None), Told(1, {"rate": 0.2}, 0.4), Told(2, {"rate": 0.3}, 0.6)]
    told += [Told(3, {"rate": 0.4}, 0.6), Told(4, {"rate": 0.3}, 0.7)]
    assert [each.number for each in best(told, 3)] == [4, 3, 1]
    assert best(told[:1]) == ()


def test_several_seeds_and_a_race_share_the_same_trainings() -> None:
    plan = Plan(trainings=100, by_chance=10, batch=8, seeds=2, race=Race(best=5, trainings=6))
    assert (plan.racing, plan.race_trainings, plan.tried, plan.first_of_race) == (5, 30, 35, 70)
    assert sum(len(batch) for batch in plan.batches) == 35


@pytest.mark.parametrize(("trainings", "racing"), [(59, 4), (24, 2), (23, 0), (1, 0)])
def test_a_race_takes_at_most_half_of_the_trainings_and_needs_two(trainings: int, racing: int) -> None:
    plan = Plan(trainings, by_chance=10, batch=8, race=Race(best=5, trainings=6))
    assert plan.racing == racing
    assert plan.tried * plan.seeds + plan.race_trainings <= trainings


def test_constants_of_which_one_training_failed_have_no_score() -> None:
    assert mean_or_none([0.5, 0.7]) == pytest.approx(0.6)
    assert mean_or_none([0.5, None]) is None
    assert mean_or_none([]) is None


def test_starting_the_server_or_a_worker_does_not_load_the_library() -> None:
    code = "import sys, backend.app.describe, backend.experiments.record; sys.exit('optuna' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _scored(number: int, constants: dict[str, float]) -> Told:
    """Best where the rate is at .6 of its range."""
    return Told(number, constants, 1 - abs(SPACE["rate"].place_of(constants["rate"]) - 0.6))


def _told() -> list[Told]:
    return [_scored(number, each) for number, each in enumerate(asked(PLAN, SPACE, 0, [], seed=1))]
