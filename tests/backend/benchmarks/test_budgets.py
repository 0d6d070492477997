from backend.benchmarks.budgets import had_less, unequal_budgets
from backend.benchmarks.rounds import Declaration, Entrant

FINALIST = "the finalist's search and tuning 3,500. A lead over"


def test_rivals_with_fewer_trainings_than_the_finalist_are_named() -> None:
    declared = _declared(("evolved", 3500), ("Adam", 3500), ("Lion", 130), ("Sign", 130), ("SGD", 0))
    assert unequal_budgets(declared) == (
        f"Lion and Sign have 130 trainings for tuning, {FINALIST} them may come of that.",
        f"SGD has no training for tuning, {FINALIST} it may come of that.",
    )
    assert [had_less(declared, place) for place in range(5)] == [False, False, True, True, True]


def test_nothing_is_said_of_equal_budgets() -> None:
    assert unequal_budgets(_declared(("evolved", 20), ("Adam", 20), ("Lion", 20))) == ()
    assert unequal_budgets(_declared(("evolved", 0), ("Adam", 0))) == ()


def test_without_finalists_nobody_had_less() -> None:
    entrants = [Entrant("Adam", trainings=20), Entrant("Lion", trainings=5)]
    assert unequal_budgets(Declaration(["mnist-1d"], entrants, [], seed=1)) == ()


def _declared(*entrants: tuple[str, int]) -> Declaration:
    """The first is the finalist."""
    made = [Entrant(label, trainings=trainings) for label, trainings in entrants]
    return Declaration(["mnist-1d"], made, [(0, rival) for rival in range(1, len(made))], seed=1)
