"""The published loop of tree GP: tournaments fill a pool of parents, of which two at a time have two children.

Source: "Genetic Programming for Learning Rate Schedules" on MNIST-1D, its published program.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from numpy.random import Generator

from backend.search.individual import Individual, Operator
from backend.search.parameters import SearchParameters
from backend.search.representation import Genotype, Representation
from backend.search.seeds import Purpose, generators
from backend.search.selection import tournament


def children_of_pool(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    seed: int,
    generation: int,
    parents: Sequence[Individual[Genotype]],
    ranked: Sequence[int],
    places: range,
) -> tuple[Individual[Genotype], ...]:
    """Return the children for these places of the next population.

    As many tournaments as there are individuals fill the pool, so that a good one stands in it several times. For each
    two places to fill, two different places of the pool are drawn: with the crossover rate they have two children by
    recombination, else each is copied. Each child is then mutated with `child_mutation_rate`. Of an odd number of
    places the last one gets the first child of its pair.
    """
    drawing = next(generators(seed, Purpose.MATING_POOL, generation, range(1)))
    pool = tuple(tournament(ranked, parameters.tournament_size, drawing) for _ in parents)
    pairs = generators(seed, Purpose.BREEDING, generation, places[::2])
    children = (_children(representation, parameters, parents, pool, rng) for rng in pairs)
    return tuple(chain.from_iterable(children))[: len(places)]


def _children(
    representation: Representation[Genotype],
    parameters: SearchParameters,
    parents: Sequence[Individual[Genotype]],
    pool: Sequence[int],
    rng: Generator,
) -> Iterator[Individual[Genotype]]:
    """Yield two children of two places of the pool; they have their generator to themselves."""
    first, second = _two_places(pool, rng)
    genotypes = parents[first].genotype, parents[second].genotype
    crossed = bool(rng.random() < parameters.crossover_rate)
    if crossed:
        genotypes = representation.recombine_both(*genotypes, rng)
    lineages = ((first, second), (second, first)) if crossed else ((first,), (second,))
    for genotype, lineage in zip(genotypes, lineages, strict=True):
        mutated = bool(rng.random() < parameters.child_mutation_rate)
        child = representation.mutate(genotype, rng) if mutated else genotype
        yield Individual(child, representation.express(child), _operator(crossed, mutated), lineage)


def _two_places(pool: Sequence[int], rng: Generator) -> tuple[int, int]:
    """Return who stands at two different places of the pool, in random order: it may be the same one."""
    one, other = rng.random(2).tolist()
    first, second = int(one * len(pool)), int(other * (len(pool) - 1))
    return pool[first], pool[second + (second >= first)]


def _operator(crossed: bool, mutated: bool) -> Operator:
    if crossed:
        return Operator.CROSSOVER
    return Operator.MUTATION if mutated else Operator.COPY
