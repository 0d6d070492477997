from collections.abc import Sequence
from typing import Any

import pytest

from backend.search.elite import survivors
from backend.search.parameters import SearchParameters
from tests.backend.search.number_genotypes import population

KEYS = ["a", "a", "b", "b", "c"]


def surviving(behaviours: Sequence[str | None] | None, **parameters: Any) -> list[int]:
    """Return who survives of five individuals of which the last is the best."""
    chosen = SearchParameters(population_size=5, generations=2, **parameters)
    return [each.parents[0] for each in survivors(chosen, population(1, 2, 3, 3, 1), (4, 3, 2, 1, 0), behaviours)]


@pytest.mark.parametrize("elitism", range(6))
def test_the_best_individuals_survive_in_order(elitism: int) -> None:
    assert surviving(KEYS, elitism=elitism) == [4, 3, 2, 1, 0][:elitism]


@pytest.mark.parametrize(("elitism", "expected"), [(0, []), (1, [4]), (2, [4, 3]), (3, [4, 3, 1]), (5, [4, 3, 1])])
def test_of_each_behaviour_only_the_best_survives(elitism: int, expected: list[int]) -> None:
    assert surviving(KEYS, elitism=elitism, elitism_of="behaviours") == expected


def test_without_keys_the_phenotype_is_the_behaviour() -> None:
    assert surviving(None, elitism=5, elitism_of="behaviours") == [4, 3, 1]


def test_an_individual_without_a_key_has_its_phenotype_for_it_and_that_is_no_key() -> None:
    # The phenotype of the first and the last is 1, which is another individual's key.
    assert surviving([None, "1", "b", "b", None], elitism=5, elitism_of="behaviours") == [4, 3, 1]


def test_protected_ones_come_first_at_their_own_places_and_are_no_elite_besides() -> None:
    assert surviving(KEYS, elitism=2, protected=2) == [0, 1, 4, 3]
    assert surviving(None, elitism=0, protected=3) == [0, 1, 2]


def test_no_elite_behaves_like_a_protected_one() -> None:
    assert surviving(["c", "a", "b", "b", "c"], elitism=3, protected=1, elitism_of="behaviours") == [0, 3, 1]


def test_survivors_are_unchanged_and_name_their_place_before() -> None:
    parents = population(7, 8)
    chosen = SearchParameters(population_size=2, generations=2, tournament_size=2, elitism=1)
    [survivor] = survivors(chosen, parents, (1, 0), None)
    assert (survivor.genotype, survivor.phenotype) == (8, "8")
    assert (survivor.operator, survivor.parents) == ("elite", (1,))
