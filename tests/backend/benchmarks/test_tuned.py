from collections.abc import Sequence

from backend.benchmarks.tuned import Spent, Tuned, tuned
from backend.benchmarks.tuning import Raced, Told
from backend.phenotypes.tunable import Scale, Tunable

SPACE = {"learning_rate": Tunable(0.001, 1e-5, 1.0, Scale.LOG)}


def test_the_best_constants_are_kept_with_what_they_reached() -> None:
    found = _tuned(2, [_told(0, 0.001, 0.5), _told(1, 0.01, 0.6), _told(2, 0.1, None)])
    assert (found.constants, found.score, found.trainings, found.failed) == ({"learning_rate": 0.01}, 0.6, 3, 1)
    assert found.edges == ()
    assert found.sentence == (
        "Adam on mnist-1d: learning rate 0.01, the best of 3 trainings, 1 of them failed, with a validation accuracy "
        "of 0.6000."
    )


def test_a_best_value_at_the_edge_of_its_range_is_warned_of() -> None:
    found = _tuned(0, [_told(0, 0.001, 0.5), _told(1, 0.95, 0.6)])
    assert [each.sentence for each in found.edges] == [
        "Adam: its best learning rate on mnist-1d, 0.95, lies at the upper edge of what was tried, 1e-05 to 1; one "
        "beyond it may be better."
    ]


def test_a_tuning_without_any_score_leaves_the_usual_constants() -> None:
    found = _tuned(0, [_told(0, 0.001, None), _told(1, 1.0, None)])
    assert (found.constants, found.score, found.failed) == ({"learning_rate": 0.001}, None, 2)
    assert found.edges == ()
    assert "none of its 2 trainings for tuning ended with a score" in found.sentence


def test_the_winner_of_the_race_is_kept_with_its_mean_over_fresh_seeds() -> None:
    told = [_told(0, 0.001, 0.7), _told(1, 0.01, 0.6)]
    raced = [Raced(told[0].constants, (0.5, 0.52, 0.54)), Raced(told[1].constants, (0.58, 0.6, 0.62))]
    found = _tuned(0, told, raced, part="fitness")
    assert found.constants == {"learning_rate": 0.01}
    assert found.sentence == (
        "Adam on mnist-1d: learning rate 0.01, the best of 8 trainings, with a fitness accuracy of 0.6000 in the mean "
        "of 3 fresh seeds."
    )


def test_constants_that_fail_once_in_the_race_do_not_win_by_their_other_trainings() -> None:
    told = [_told(0, 0.001, 0.7), _told(1, 0.01, 0.6)]
    raced = [Raced(told[0].constants, (0.7, None, 0.7)), Raced(told[1].constants, (0.6, 0.6, 0.6))]
    assert _tuned(0, told, raced).constants == {"learning_rate": 0.01}


def _tuned(contender: int, told: Sequence[Told], raced: Sequence[Raced] = (), part: str = "validation") -> Tuned:
    spent = Spent(
        trainings=len(told) + sum(len(each.scores) for each in raced),
        failed=sum(each.score is None for each in told),
        seeds_of_race=len(raced[0].scores) if raced else 0,
    )
    return tuned("mnist-1d", contender, "Adam", SPACE, told, raced, spent=spent, part=part)


def _told(number: int, rate: float, score: float | None) -> Told:
    return Told(number, {"learning_rate": rate}, score)
