from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from backend.grammar.catalogue import load_grammar
from backend.search.breeding import breed, first_population
from backend.search.individual import Individual
from backend.search.parameters import SearchParameters
from backend.search.representation import Representation
from backend.search.sge import SGE, SGEGenotype
from tests.backend.search.number_genotypes import Numbers, population

DLR = SGE(load_grammar("dlr-2020"))
PARAMETERS = SearchParameters(population_size=10, generations=5, tournament_size=2)


def test_the_first_population_is_created_and_expressed(representation: Representation[Any]) -> None:
    created = first_population(representation, PARAMETERS, 1)
    assert len(created) == 10
    for individual in created:
        assert individual.operator == "create"
        assert individual.parents == ()
        assert individual.phenotype == representation.express(individual.genotype)


def test_the_best_survive_unchanged_and_come_first() -> None:
    parents, fitness = population(1, 2, 3, 4), [0.5, None, 0.9, 0.5]
    parameters = SearchParameters(population_size=4, generations=2, tournament_size=1, elitism=3)
    bred = breed(Numbers(), parameters, 0, 1, parents, fitness)
    assert [i.genotype for i in bred[:3]] == [3, 1, 4]
    assert [i.parents for i in bred[:3]] == [(2,), (0,), (3,)]
    assert [i.operator for i in bred] == ["elite", "elite", "elite", bred[3].operator]


@pytest.mark.parametrize(("rate", "operator", "parents"), [(0.0, "mutation", 1), (1.0, "crossover", 2)])
def test_children_are_recombined_at_the_crossover_rate_and_always_mutated(
    rate: float, operator: str, parents: int
) -> None:
    parameters = SearchParameters(population_size=20, generations=2, tournament_size=2, crossover_rate=rate, elitism=0)
    genotypes = [2**place for place in range(20)]
    for child in breed(Numbers(), parameters, 3, 1, population(*genotypes), [0.5] * 20):
        assert child.operator == operator
        assert len(child.parents) == parents
        assert child.genotype == sum(genotypes[parent] for parent in child.parents) + 1000
        assert child.phenotype == str(child.genotype)


def test_about_as_many_children_have_two_parents_as_the_crossover_rate_says() -> None:
    parameters = SearchParameters(population_size=1000, generations=2, crossover_rate=0.7, elitism=0)
    bred = breed(Numbers(), parameters, 4, 1, population(*range(1000)), [0.5] * 1000)
    assert 640 < Counter(child.operator for child in bred)["crossover"] < 760


def test_parents_win_tournaments_by_fitness_and_failed_ones_lose() -> None:
    parameters = SearchParameters(population_size=3, generations=2, tournament_size=2, elitism=0)
    parents = {
        parent
        for seed in range(50)
        for child in breed(Numbers(), parameters, seed, 1, population(1, 2, 3), [0.1, None, 0.2])
        for parent in child.parents
    }
    assert parents == {0, 2}


def test_breeding_the_same_again_gives_the_same(representation: Representation[Any]) -> None:
    def bred() -> tuple[Individual[Any], ...]:
        parents = first_population(representation, PARAMETERS, 5)
        return breed(representation, PARAMETERS, 5, 1, parents, [0.1 * index for index in range(10)])

    assert bred() == bred()


def test_an_individual_does_not_depend_on_how_many_others_there_are() -> None:
    more = SearchParameters(population_size=20, generations=5, tournament_size=2)
    assert first_population(DLR, more, 6)[:10] == first_population(DLR, PARAMETERS, 6)


def test_seeds_and_generations_breed_differently() -> None:
    parents = first_population(DLR, PARAMETERS, 7)
    bred = [breed(DLR, PARAMETERS, seed, number, parents, [0.0] * 10) for seed in (7, 8) for number in (1, 2)]
    assert len(set(bred)) == 4


@pytest.mark.parametrize("elitism", [0, 1])
def test_a_population_of_one_breeds(elitism: int) -> None:
    parameters = SearchParameters(population_size=1, generations=3, tournament_size=1, elitism=elitism)
    bred: Sequence[Individual[SGEGenotype]] = first_population(DLR, parameters, 8)
    for number in (1, 2):
        bred = breed(DLR, parameters, 8, number, bred, [None])
        assert len(bred) == 1


@pytest.mark.parametrize(
    ("generation", "parents", "fitness", "words"),
    [
        (0, 10, [0.5] * 10, "generation 1 and later are bred, not generation 0"),
        (1, 9, [0.5] * 9, "There are 9 individuals, but population_size is 10"),
        (1, 10, [0.5] * 11, "There are 11 fitness values for 10 individuals"),
        (1, 10, [0.5] * 9 + [float("nan")], "fitness of individual 9 is nan; say None"),
        (1, 10, [float("-inf")] * 10, "fitness of individual 0 is -inf"),
    ],
)
def test_what_cannot_be_bred_from_is_refused(
    generation: int, parents: int, fitness: list[float | None], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        breed(Numbers(), PARAMETERS, 0, generation, population(*range(parents)), fitness)


def test_what_is_planted_comes_first_and_changes_nothing_that_is_drawn_beside_it() -> None:
    planted = first_population(DLR, PARAMETERS, 2)[0].genotype
    drawn = first_population(DLR, PARAMETERS, 1)
    population = first_population(DLR, PARAMETERS, 1, [planted, planted])
    assert [individual.operator for individual in population[:2]] == ["seed", "seed"]
    assert population[2:] == drawn[2:]


def test_no_more_can_be_planted_than_the_population_holds() -> None:
    with pytest.raises(ValueError, match=r"11 genotypes .* population of 10"):
        first_population(Numbers(), PARAMETERS, 1, [0] * 11)


def test_the_first_planted_are_protected_and_keep_their_places_for_the_whole_run() -> None:
    parameters = SearchParameters(population_size=6, generations=5, tournament_size=2, protected=2)
    planted = [first_population(DLR, PARAMETERS, 2)[index].genotype for index in (4, 7, 5)]
    bred = first_population(DLR, parameters, 1, planted)
    for number in range(1, 5):
        bred = breed(DLR, parameters, 1, number, bred, [None, None, 0.1, 0.2, 0.3, 0.4])
        assert [individual.genotype for individual in bred[:2]] == planted[:2]
        assert [(individual.operator, individual.parents) for individual in bred[:2]] == [
            ("elite", (0,)),
            ("elite", (1,)),
        ]
        assert (bred[2].operator, bred[2].parents) == ("elite", (5,))


def test_no_more_can_be_protected_than_is_planted() -> None:
    parameters = SearchParameters(population_size=6, generations=5, protected=2)
    with pytest.raises(ValueError, match="protected is 2, but only 1 genotypes are planted"):
        first_population(Numbers(), parameters, 1, [0])


def test_a_behaviour_for_each_individual_is_needed_if_there_are_any() -> None:
    with pytest.raises(ValueError, match="There are 3 behaviours for 10 individuals"):
        breed(Numbers(), PARAMETERS, 0, 1, population(*range(10)), [0.5] * 10, ["a", "b", None])


def test_with_a_mating_pool_the_elite_comes_first_too() -> None:
    parameters = SearchParameters(
        population_size=4, generations=2, tournament_size=2, elitism=2, breeding="mating_pool", child_mutation_rate=1.0
    )
    bred = breed(Numbers(), parameters, 0, 1, population(1, 2, 3, 4), [0.1, 0.2, 0.9, 0.8])
    assert [individual.operator for individual in bred[:2]] == ["elite", "elite"]
    assert [individual.genotype for individual in bred[:2]] == [3, 4]
    assert all(child.genotype > 1000 for child in bred[2:])
    assert len(bred) == 4
