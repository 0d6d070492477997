import pytest

from backend.experiments.savings import Savings, savings
from tests.backend.experiments.farm import Farm, order, rules_order


@pytest.mark.parametrize("folds", [1, 2])
def test_a_finished_run_says_what_each_way_would_have_trained(farm: Farm, folds: int) -> None:
    search = {"population_size": 6, "generations": 4, "tournament_size": 2}
    launched = farm.launch(order(overrides={"search": search, "fitness": {"folds": folds}, "training": {"epochs": 5}}))
    farm.work()
    with farm.database.read() as session:
        found = savings(session, launched.runs[0].id)
    # Constant 0.01 was trained as well, unless an individual does the same.
    assert found.trained in (farm.trained, farm.trained - folds)
    assert found.trained <= found.text_cache < found.every_individual <= 24 * folds
    assert found.share == 1 - found.trained / found.every_individual


def test_rules_whose_dead_parts_differ_save_what_a_cache_of_texts_does_not(farm: Farm) -> None:
    grammar = "<start> ::= x = <x>; y = 0; z = 0; weight = multiply(0.1, g)\n<x> ::= g | square(g) | 0"
    search = {"population_size": 12, "generations": 1}
    overrides = {"evolves": "update_rule", "grammar": grammar, "search": search, "seeds": []}
    launched = farm.launch(rules_order(overrides=overrides))
    with farm.database.read() as session:
        found = savings(session, launched.runs[0].id)
    assert (found.every_individual, found.text_cache, found.trained) == (12, 3, 1)
    assert found.share == pytest.approx(11 / 12)
    assert found.share_of_text_cache == pytest.approx(9 / 12)


def test_where_nothing_was_asked_for_there_is_no_share() -> None:
    assert (Savings(0, 0, 0).share, Savings(0, 0, 0).share_of_text_cache) == (None, None)
