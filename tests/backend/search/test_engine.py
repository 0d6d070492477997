import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import Language
from backend.expressions.parse import parse
from backend.expressions.ranges import Range
from backend.grammar.catalogue import load_grammar
from backend.grammar.reader import read_grammar
from backend.search.engine import Best, Individual, SearchEngine, SearchParameters, WrongOrder
from backend.search.representation import Representation
from backend.search.sge import SGE, SGEGenotype

DLR = SGE(load_grammar("dlr-2020"))
PARAMETERS = SearchParameters(population_size=6, generations=20, tournament_size=3)

# Each way to breed that there is.
WAYS: dict[str, dict[str, Any]] = {
    "published SGE": {},
    "mating pool": {"breeding": "mating_pool", "crossover_rate": 0.7, "elitism": 2},
    "distinct behaviours": {"elitism_of": "behaviours", "elitism": 3},
    "all": {"breeding": "mating_pool", "elitism_of": "behaviours", "elitism": 2, "protected": 1},
}


def text_length(individual: Individual[Any]) -> float | None:
    """A fitness that fails sometimes and has ties."""
    length = len(individual.phenotype)
    return None if length % 5 == 0 else -abs(length - 60) / 7


def scores(population: Sequence[Individual[Any]]) -> list[float | None]:
    return [text_length(individual) for individual in population]


def keys(population: Sequence[Individual[Any]]) -> list[str | None]:
    """A behaviour that many texts share."""
    return [str(len(individual.phenotype) // 9) for individual in population]


def run(engine: SearchEngine[Any], generations: int) -> list[tuple[Individual[Any], ...]]:
    populations = []
    for _ in range(generations):
        populations.append(engine.ask())
        engine.tell(scores(populations[-1]), keys(populations[-1]))
    return populations


def test_symbolic_regression_in_ten_lines() -> None:
    grammar = read_grammar("<expr> ::= add(<expr>, <expr>) | multiply(<expr>, <expr>) | x | 1")
    language = Language("polynomials", 1, frozenset({"add", "multiply"}), {"x": Range()})

    def fitness(phenotype: str) -> float:
        node = parse(phenotype, language)
        return -sum(abs(evaluate(node, {"x": x}) - (x**2 + x + 1)) for x in range(-5, 6))

    engine = SearchEngine(SGE(grammar), SearchParameters(population_size=100, generations=50), seed=1)
    while not engine.finished:
        engine.tell([fitness(individual.phenotype) for individual in engine.ask()])

    assert engine.best is not None
    assert engine.best.fitness == 0.0


def test_a_seed_breeds_the_same_in_every_version_of_the_program() -> None:
    """Runs are resumed by later versions, and digests published: who changes a draw breaks both."""
    phenotypes = [
        individual.phenotype for population in run(SearchEngine(DLR, PARAMETERS, 7), 20) for individual in population
    ]
    digest = hashlib.sha256("\n".join(phenotypes).encode()).hexdigest()
    assert digest == "d9bc0ba7d43f9b7c9a1b42215e48eb0a6f8b4bcf10f8d7b5b4f44fcf9b234ab0"


@pytest.mark.parametrize(
    ("way", "published"),
    [("mating pool", "8b1b1003009a1c2d"), ("distinct behaviours", "b250af5b5f116812"), ("all", "b6c33245284d3de2")],
)
def test_other_ways_breed_the_same_in_every_version_too(way: str, published: str) -> None:
    parameters = SearchParameters(population_size=6, generations=20, tournament_size=3, **WAYS[way])
    adaptive = SGE(load_grammar("dlr-2020"), adaptive_rates=True)
    populations = run(SearchEngine(adaptive, parameters, 7, [adaptive.create(default_rng(1))]), 20)
    records = [[individual.phenotype, individual.parents] for population in populations for individual in population]
    assert hashlib.sha256(json.dumps(records).encode()).hexdigest()[:16] == published


def test_a_search_has_as_many_generations_as_it_was_told_from_zero() -> None:
    engine = SearchEngine(DLR, SearchParameters(population_size=5, generations=3), seed=0)
    numbers = []
    while not engine.finished:
        population = engine.ask()
        numbers.append(engine.generation)
        assert len(population) == 5
        engine.tell(scores(population))
    assert numbers == [0, 1, 2]
    assert engine.generation == 2


def test_asking_again_gives_the_same_population() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    assert engine.ask() is engine.ask()
    assert engine.generation == 0


def test_the_same_seed_gives_the_same_search(representation: Representation[Any]) -> None:
    first, second = (run(SearchEngine(representation, PARAMETERS, seed=9), 20) for _ in range(2))
    assert first == second
    assert first != run(SearchEngine(representation, PARAMETERS, seed=10), 20)


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_a_resumed_search_goes_on_as_if_it_had_never_stopped(
    representation: Representation[Any], way: str, told: bool
) -> None:
    parameters = SearchParameters(population_size=6, generations=20, tournament_size=3, **WAYS[way])
    planted = [representation.create(default_rng(1))]
    straight = SearchEngine(representation, parameters, 11, planted)
    populations = run(straight, 20)
    first_half = SearchEngine(representation, parameters, 11, planted)
    run(first_half, 10)
    if not told:
        first_half.ask()
    stored = populations[first_half.generation]

    resumed = SearchEngine(representation, parameters, seed=11)
    latest = scores(stored) if told else None
    resumed.resume(first_half.generation, stored, latest, first_half.best, keys(stored))
    assert run(resumed, 10) == populations[10:]
    assert resumed.best == straight.best
    assert resumed.finished
    assert resumed.generation == straight.generation


@given(seed=st.integers(0, 2**53 - 1), generations=st.integers(1, 8), data=st.data())
def test_it_can_be_resumed_after_any_generation(seed: int, generations: int, data: st.DataObject) -> None:
    parameters = SearchParameters(population_size=4, generations=generations, tournament_size=2)
    populations = run(SearchEngine(DLR, parameters, seed), generations)
    at = data.draw(st.integers(0, generations - 1))
    resumed = SearchEngine(DLR, parameters, seed)
    resumed.resume(at, populations[at], scores(populations[at]))
    assert run(resumed, generations - 1 - at) == populations[at + 1 :]
    assert resumed.finished


def test_a_search_that_ended_can_be_extended() -> None:
    populations = run(SearchEngine(DLR, PARAMETERS, seed=12), 20)
    longer = SearchParameters(population_size=6, generations=22, tournament_size=3)
    extended = SearchEngine(DLR, longer, seed=12)
    extended.resume(19, populations[19], scores(populations[19]))
    assert run(extended, 2) == run(SearchEngine(DLR, longer, seed=12), 22)[20:]


def test_a_population_of_one_searches() -> None:
    parameters = SearchParameters(population_size=1, generations=5, tournament_size=1, elitism=0)
    populations = run(SearchEngine(DLR, parameters, seed=13), 5)
    assert [len(population) for population in populations] == [1] * 5


@pytest.mark.parametrize("way", WAYS)
def test_with_an_elite_the_best_fitness_never_falls(way: str) -> None:
    parameters = SearchParameters(population_size=6, generations=20, tournament_size=3, **WAYS[way])
    populations = run(SearchEngine(DLR, parameters, 14, [DLR.create(default_rng(1))]), 20)
    bests = [max(s for s in scores(p) if s is not None) for p in populations]
    assert bests == sorted(bests)


def test_what_is_planted_is_asked_for_first_and_survives_if_it_is_protected() -> None:
    planted = DLR.create(default_rng(3))
    engine = SearchEngine(DLR, SearchParameters(population_size=6, generations=9, protected=1), 14, [planted])
    populations = run(engine, 9)
    assert populations[0][0].operator == "seed"
    assert all(population[0].genotype == planted for population in populations)


def test_the_best_is_the_first_of_the_highest_fitness() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=15)
    first = engine.ask()
    engine.tell([None, 0.5, 0.7, 0.7, None, 0.1])
    assert engine.best == Best(first[2], 0.7, 0)
    engine.ask()
    engine.tell([0.7, 0.6, None, None, None, 0.7])
    assert engine.best == Best(first[2], 0.7, 0)
    third = engine.ask()
    engine.tell([0, 0, 0, 0, 0, 1])
    assert engine.best == Best(third[5], 1.0, 2)


def test_a_search_in_which_everything_fails_goes_on_and_has_no_best() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=16)
    while not engine.finished:
        engine.tell([None] * len(engine.ask()))
    assert engine.best is None


def test_telling_before_asking_is_refused() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    with pytest.raises(WrongOrder, match=r"without ask\(\) before it: so far nothing has been told"):
        engine.tell([0.5] * 6)


def test_telling_twice_is_refused() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    run(engine, 2)
    with pytest.raises(WrongOrder, match="so far the fitness of generation 1 has been told"):
        engine.tell([0.5] * 6)


def test_asking_after_the_end_is_refused() -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    run(engine, 20)
    with pytest.raises(WrongOrder, match="ended: all its 20 generations are evaluated"):
        engine.ask()


@pytest.mark.parametrize(
    ("fitness", "words"),
    [
        ([0.5] * 5, "There are 5 fitness values for 6 individuals"),
        ([], "There are 0 fitness values for 6 individuals"),
        ([0.5] * 5 + [float("nan")], "fitness of individual 5 is nan"),
        ([float("inf")] * 6, "fitness of individual 0 is inf"),
    ],
)
def test_fitness_that_does_not_fit_is_refused_and_can_be_told_again(fitness: list[float | None], words: str) -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    engine.ask()
    with pytest.raises(ValueError, match=words):
        engine.tell(fitness)
    engine.tell([0.5] * 6)


@pytest.mark.parametrize(
    ("generation", "size", "fitness", "words"),
    [
        (-1, 6, None, "Generation -1 is not one of this search's: they are 0 to 19"),
        (20, 6, None, "Generation 20 is not one of this search's: they are 0 to 19"),
        (3, 5, None, "There are 5 individuals, but population_size is 6"),
        (3, 6, [0.5], "There are 1 fitness values for 6 individuals"),
    ],
)
def test_a_population_that_does_not_fit_cannot_be_resumed(
    generation: int, size: int, fitness: list[float | None] | None, words: str
) -> None:
    engine = SearchEngine(DLR, PARAMETERS, seed=0)
    stored: tuple[Individual[SGEGenotype], ...] = SearchEngine(DLR, PARAMETERS, seed=0).ask()
    with pytest.raises(ValueError, match=words):
        engine.resume(generation, stored[:size], fitness)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0, not -1"):
        SearchEngine(DLR, PARAMETERS, seed=-1)
