from collections import Counter
from typing import Any

from backend.search.breeding import first_population
from backend.search.individual import Individual
from backend.search.mating_pool import children_of_pool
from backend.search.parameters import SearchParameters
from backend.search.representation import Representation
from tests.backend.search.number_genotypes import Numbers, population

SIZE = 20
GENOTYPES = [2**place for place in range(SIZE)]


def children(seed: int = 1, places: range = range(SIZE), **parameters: Any) -> tuple[Individual[int], ...]:
    """Return children of twenty individuals of which the first is the best."""
    chosen = SearchParameters(
        **{"population_size": SIZE, "generations": 9, "breeding": "mating_pool", "elitism": 0, **parameters}
    )
    return children_of_pool(Numbers(), chosen, seed, 1, population(*GENOTYPES), range(SIZE), places)


def test_a_pair_has_two_children_that_share_out_what_both_have() -> None:
    bred = children(crossover_rate=1.0, child_mutation_rate=0.0)
    for first, second in zip(bred[::2], bred[1::2], strict=True):
        one, other = (GENOTYPES[parent] for parent in first.parents)
        assert second.parents == first.parents[::-1]
        assert (first.genotype, second.genotype) == (one + other, one - other)
        assert first.operator == second.operator == "crossover"


def test_without_crossover_the_pair_is_copied() -> None:
    for child in children(crossover_rate=0.0, child_mutation_rate=0.0):
        assert child.operator == "copy"
        assert child.genotype == GENOTYPES[child.parents[0]]
        assert len(child.parents) == 1


def test_each_child_is_mutated_on_its_own() -> None:
    bred = [child for seed in range(100) for child in children(seed, crossover_rate=0.0, child_mutation_rate=0.2)]
    counts = Counter(child.operator for child in bred)
    assert set(counts) == {"copy", "mutation"}
    assert 330 < counts["mutation"] < 470
    for child in bred:
        assert child.genotype == GENOTYPES[child.parents[0]] + 1000 * (child.operator == "mutation")
    both = sum(a.operator == b.operator == "mutation" for a, b in zip(bred[::2], bred[1::2], strict=True))
    assert 15 < both < 70


def test_crossover_happens_at_its_rate() -> None:
    counts = Counter(child.operator for seed in range(100) for child in children(seed, crossover_rate=0.7))
    assert 1280 < counts["crossover"] < 1520


def test_parents_come_from_tournaments() -> None:
    winners = {parent for seed in range(30) for child in children(seed, tournament_size=5) for parent in child.parents}
    assert winners <= set(range(SIZE - 4))
    always_best = children(tournament_size=SIZE, crossover_rate=1.0)
    assert {child.parents for child in always_best} == {(0, 0)}


def test_an_odd_number_of_places_ends_with_half_a_pair() -> None:
    assert children(places=range(3, 8)) == children(places=range(3, 9))[:5]
    assert children(places=range(20, 20)) == ()


def test_a_pair_does_not_depend_on_how_many_others_there_are() -> None:
    assert children(places=range(2, 8))[2:] == children(places=range(4, 8))


def test_two_individuals_are_enough(representation: Representation[Any]) -> None:
    parameters = SearchParameters(population_size=2, generations=3, tournament_size=1, breeding="mating_pool")
    parents = first_population(representation, parameters, 3)
    bred = children_of_pool(representation, parameters, 3, 1, parents, (0, 1), range(1, 2))
    assert len(bred) == 1
    assert bred[0].phenotype == representation.express(bred[0].genotype)


def test_the_pool_is_drawn_once_for_a_generation() -> None:
    # Twenty tournaments of one leave about a third of the population out; who is in has many children.
    bred = children_of_pool(
        Numbers(),
        SearchParameters(population_size=SIZE, generations=2, tournament_size=1, breeding="mating_pool"),
        7,
        1,
        population(*GENOTYPES),
        range(SIZE),
        range(1000),
    )
    assert 10 < len({parent for child in bred for parent in child.parents}) < 17


def test_two_different_places_of_the_pool_become_parents() -> None:
    pairs = Counter(
        child.parents
        for seed in range(400)
        for child in children(seed, range(1), tournament_size=1, crossover_rate=1.0)
    )
    # At different places the same individual stands by chance: once in twenty times.
    assert 5 <= sum(count for (first, second), count in pairs.items() if first == second) <= 40
