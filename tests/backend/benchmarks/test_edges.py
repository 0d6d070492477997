from backend.benchmarks.edges import edges
from backend.benchmarks.rounds import Declaration, Entrant
from backend.benchmarks.scores import Scores
from backend.benchmarks.table import rows


def declared(values: tuple[float, ...]) -> Declaration:
    """A grid of learning rates beside a contender without one."""
    grid = [Entrant(f"constant {value:g}", "constant", {"learning_rate": value}) for value in values]
    return Declaration(["mnist-1d"], [*grid, Entrant("evolved")], (), seed=1)


def marked(values: tuple[float, ...], scores: list[Scores]) -> list[str]:
    found = declared(values)
    table = rows(found, {("mnist-1d", place): each for place, each in enumerate(scores)})
    return [edge.sentence for edge in edges(found, table)]


def test_the_best_at_the_end_of_what_was_tried_is_marked_on_either_side() -> None:
    values = (0.001, 0.01, 0.1)
    assert marked(values, [[0.3], [0.2], [0.1]]) == [
        "constant: its best learning rate on mnist-1d, 0.001, is the lowest of those tried; one beyond it may be "
        "better."
    ]
    assert "0.1, is the highest of those tried" in marked(values, [[0.1], [0.2], [0.3]])[0]


def test_the_best_between_others_is_not_marked_whatever_their_order() -> None:
    assert marked((0.001, 0.01, 0.1), [[0.1], [0.3], [0.2]]) == []
    assert marked((0.01, 0.001, 0.1), [[0.3], [0.1], [0.2]]) == []


def test_a_family_without_any_score_has_no_best() -> None:
    assert marked((0.001, 0.01), [[None], []]) == []
