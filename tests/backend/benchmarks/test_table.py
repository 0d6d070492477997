from backend.benchmarks.rounds import Declaration, Entrant, Round
from backend.benchmarks.table import all_pairs, best_places, compared, declared_pairs, rows

LOW = [0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57]
MIDDLE = [score + 0.1 for score in LOW]
HIGH = [score + 0.2 for score in LOW]

DECLARED = Declaration(["p"], [Entrant("evolved"), Entrant("a"), Entrant("b")], [(0, 1), (0, 2)], seed=1)


def best(*scores: list[float], declared: Declaration = DECLARED) -> frozenset[int]:
    found: Round = {("p", place): each for place, each in enumerate(scores)}
    own, others = (compared(declared, found, pairs) for pairs in (declared_pairs(declared), all_pairs(declared)))
    return best_places(declared, "p", own, others)


def test_every_contender_has_a_row_on_every_problem_those_without_trials_as_well() -> None:
    declared = Declaration(["p", "q"], DECLARED.entrants, (), seed=1)
    found = rows(declared, {("q", 1): LOW})
    assert [(row.problem, row.contender, row.summary.n) for row in found] == [
        ("p", 0, 0),
        ("p", 1, 0),
        ("p", 2, 0),
        ("q", 0, 0),
        ("q", 1, 8),
        ("q", 2, 0),
    ]


def test_who_is_better_than_all_rivals_is_the_best() -> None:
    assert best(HIGH, MIDDLE, LOW) == {0}


def test_the_largest_mean_alone_makes_no_best() -> None:
    assert best(HIGH, HIGH, LOW) == frozenset()
    assert best([score + 0.001 for score in MIDDLE], MIDDLE, LOW) == frozenset()


def test_a_rival_that_is_better_than_everybody_is_the_best() -> None:
    assert best(LOW, HIGH, MIDDLE) == {1}


def test_pairs_are_those_declared_or_every_one_once() -> None:
    assert declared_pairs(DECLARED) == (("p", 0, 1), ("p", 0, 2))
    assert all_pairs(DECLARED) == (("p", 0, 1), ("p", 0, 2), ("p", 1, 2))
