"""From one population to the next; every draw comes from the generator of the individual that it is for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from numpy.random import Generator

from backend.search.parameters import SearchParameters
from backend.search.representation import Genotype, Representation
from backend.search.seeds import Purpose, generators
from backend.search.selection import ranking, tournament


class Operator(StrEnum):
    """How an individual came to be. A child of two parents is mutated as well."""

    CREATE = "create"
    SEED = "seed"
    MUTATION = "mutation"
    CROSSOVER = "crossover"
    ELITE = "elite"


@dataclass(frozen=True, slots=True)
class Individual(Generic[Genotype]):
    """A genotype with its phenotype, how it came to be (an `Operator`) and its parents' indices in the generation
    before.
    """

    genotype: Genotype
    phenotype: str
    operator: str
    parents: tuple[int, ...]


def first_population(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    seed: int,
    planted: Sequence[Genotype] = (),
) -> tuple[Individual[Genotype], ...]:
    """Return generation 0 of the run with that seed: first what is planted, unchanged; the rest is drawn.

    What is drawn at a place does not depend on what is planted at others. Raises `ValueError` if more is planted than
    the population holds.
    """
    if len(planted) > parameters.population_size:
        raise ValueError(f"{len(planted)} genotypes are planted in a population of {parameters.population_size}.")
    places = range(len(planted), parameters.population_size)
    drawn = generators(seed, Purpose.BREEDING, 0, places)
    return (
        *(Individual(each, representation.express(each), Operator.SEED, ()) for each in planted),
        *(_created(representation, rng) for rng in drawn),
    )


def breed(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    seed: int,
    generation: int,
    parents: Sequence[Individual[Genotype]],
    fitness: Sequence[float | None],
) -> tuple[Individual[Genotype], ...]:
    """Return the population of number `generation`, bred from the one before and its fitness (None: it failed).

    The best `elitism` come first, unchanged. Then, until it is full: with the crossover rate two tournaments and
    recombination, else one tournament; then always mutation. Raises `ValueError` if generation is not above 0, if
    parents, fitness and `population_size` are not equally many, or a fitness is not finite.
    """
    if generation < 1:
        raise ValueError(f"Only generation 1 and later are bred, not generation {generation}.")
    check_evaluated(parameters, parents, fitness)
    ranked = ranking(fitness)
    elite = tuple(_survivor(parents, index) for index in ranked[: parameters.elitism])
    places = range(len(elite), parameters.population_size)
    children = (
        _child(representation, parameters, parents, ranked, rng)
        for rng in generators(seed, Purpose.BREEDING, generation, places)
    )
    return (*elite, *children)


def check_evaluated(
    parameters: SearchParameters, population: Sequence[object], fitness: Sequence[float | None]
) -> None:
    """Raise `ValueError` unless there are as many individuals as `population_size`, each with a usable fitness."""
    if len(population) != parameters.population_size:
        raise ValueError(
            f"There are {len(population)} individuals, but population_size is {parameters.population_size}."
        )
    if len(fitness) != len(population):
        raise ValueError(f"There are {len(fitness)} fitness values for {len(population)} individuals.")
    for index, value in enumerate(fitness):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"The fitness of individual {index} is {value}; say None where an evaluation failed.")


def _created(representation: Representation[Genotype], rng: Generator) -> Individual[Genotype]:
    genotype = representation.create(rng)
    return Individual(genotype, representation.express(genotype), Operator.CREATE, ())


def _survivor(parents: Sequence[Individual[Genotype]], index: int) -> Individual[Genotype]:
    return Individual(parents[index].genotype, parents[index].phenotype, Operator.ELITE, (index,))


def _child(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    parents: Sequence[Individual[Genotype]],
    ranked: Sequence[int],
    rng: Generator,
) -> Individual[Genotype]:
    operator, count = (Operator.CROSSOVER, 2) if rng.random() < parameters.crossover_rate else (Operator.MUTATION, 1)
    chosen = tuple(tournament(ranked, parameters.tournament_size, rng) for _ in range(count))
    genotype = parents[chosen[0]].genotype
    if operator is Operator.CROSSOVER:
        genotype = representation.recombine(genotype, parents[chosen[1]].genotype, rng)
    genotype = representation.mutate(genotype, rng)
    return Individual(genotype, representation.express(genotype), operator, chosen)
