from backend.benchmarks.tuned import tuned
from backend.benchmarks.tuning import Told
from backend.phenotypes.tunable import Scale, Tunable

SPACE = {"learning_rate": Tunable(0.001, 1e-5, 1.0, Scale.LOG)}


def test_the_best_constants_are_kept_with_what_they_reached() -> None:
    found = tuned("mnist-1d", 2, "Adam", SPACE, [_told(0, 0.001, 0.5), _told(1, 0.01, 0.6), _told(2, 0.1, None)])
    assert (found.constants, found.score, found.trainings, found.failed) == ({"learning_rate": 0.01}, 0.6, 3, 1)
    assert found.edges == ()
    assert found.sentence == (
        "Adam on mnist-1d: learning rate 0.01, the best of 3 trainings, 1 of them failed, with a validation accuracy "
        "of 0.6000."
    )


def test_a_best_value_at_the_edge_of_its_range_is_warned_of() -> None:
    found = tuned("mnist-1d", 0, "Adam", SPACE, [_told(0, 0.001, 0.5), _told(1, 0.95, 0.6)])
    assert [each.sentence for each in found.edges] == [
        "Adam: its best learning rate on mnist-1d, 0.95, lies at the upper edge of what was tried, 1e-05 to 1; one "
        "beyond it may be better."
    ]


def test_a_tuning_without_any_score_leaves_the_usual_constants() -> None:
    found = tuned("mnist-1d", 0, "Adam", SPACE, [_told(0, 0.001, None), _told(1, 1.0, None)])
    assert (found.constants, found.score, found.failed) == ({"learning_rate": 0.001}, None, 2)
    assert found.edges == ()
    assert "none of its 2 trainings for tuning ended with a score" in found.sentence


def _told(number: int, rate: float, score: float | None) -> Told:
    return Told(number, {"learning_rate": rate}, score)
