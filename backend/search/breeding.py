"""From one population to the next; every draw comes from the generator of the individual that it is for."""

import math
from collections.abc import Sequence

from numpy.random import Generator

from backend.search.elite import survivors
from backend.search.individual import Individual, Operator
from backend.search.mating_pool import children_of_pool
from backend.search.parameters import SearchParameters
from backend.search.representation import Genotype, Representation
from backend.search.seeds import Purpose, generators
from backend.search.selection import ranking, tournament


def first_population(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    seed: int,
    planted: Sequence[Genotype] = (),
) -> tuple[Individual[Genotype], ...]:
    """Return generation 0 of the run with that seed: first what is planted, unchanged; the rest is drawn.

    What is drawn at a place does not depend on what is planted at others. Raises `ValueError` if more is planted than
    the population holds, or fewer than are to be protected.
    """
    if len(planted) > parameters.population_size:
        raise ValueError(f"{len(planted)} genotypes are planted in a population of {parameters.population_size}.")
    if parameters.protected > len(planted):
        raise ValueError(f"protected is {parameters.protected}, but only {len(planted)} genotypes are planted.")
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
    behaviours: Sequence[str | None] | None = None,
) -> tuple[Individual[Genotype], ...]:
    """Return the population of number `generation`, bred from the one before and its fitness (None: it failed).

    First those who survive unchanged (`backend.search.elite`): protected seeds, then the best `elitism`, of different
    behaviour if the parameters say so. `behaviours` are the keys for that, None where the phenotype is the key. Then,
    until it is full, `breeding` "generational": with the crossover rate two tournaments and recombination, else one
    tournament; then always mutation. For "mating_pool" see `backend.search.mating_pool`. Raises `ValueError` if
    generation is not above 0, if parents, fitness, behaviours and `population_size` are not equally many, or a
    fitness is not finite.
    """
    if generation < 1:
        raise ValueError(f"Only generation 1 and later are bred, not generation {generation}.")
    check_evaluated(parameters, parents, fitness, behaviours)
    ranked = ranking(fitness)
    elite = survivors(parameters, parents, ranked, behaviours)
    places = range(len(elite), parameters.population_size)
    breeding = children_of_pool if parameters.breeding == "mating_pool" else _children
    return (*elite, *breeding(representation, parameters, seed, generation, parents, ranked, places))


def check_evaluated(
    parameters: SearchParameters,
    population: Sequence[object],
    fitness: Sequence[float | None],
    behaviours: Sequence[str | None] | None = None,
) -> None:
    """Raise `ValueError` unless there are as many individuals as `population_size`, each with a usable fitness.

    If there are behaviours, they are as many.
    """
    if len(population) != parameters.population_size:
        raise ValueError(
            f"There are {len(population)} individuals, but population_size is {parameters.population_size}."
        )
    if len(fitness) != len(population):
        raise ValueError(f"There are {len(fitness)} fitness values for {len(population)} individuals.")
    if behaviours is not None and len(behaviours) != len(population):
        raise ValueError(f"There are {len(behaviours)} behaviours for {len(population)} individuals.")
    for index, value in enumerate(fitness):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"The fitness of individual {index} is {value}; say None where an evaluation failed.")


def _created(representation: Representation[Genotype], rng: Generator) -> Individual[Genotype]:
    genotype = representation.create(rng)
    return Individual(genotype, representation.express(genotype), Operator.CREATE, ())


def _children(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    seed: int,
    generation: int,
    parents: Sequence[Individual[Genotype]],
    ranked: Sequence[int],
    places: range,
) -> tuple[Individual[Genotype], ...]:
    drawn = generators(seed, Purpose.BREEDING, generation, places)
    return tuple(_child(representation, parameters, parents, ranked, rng) for rng in drawn)


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
