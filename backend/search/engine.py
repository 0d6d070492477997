"""The search as a conversation: ask for a population, tell its fitness.

engine = SearchEngine(SGE(grammar), SearchParameters(population_size=50, generations=20), seed=1)
while not engine.finished:
    engine.tell([fitness_of(individual.phenotype) for individual in engine.ask()])
print(engine.best)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from backend.search.breeding import breed, check_evaluated, first_population
from backend.search.checks import check_count
from backend.search.individual import Individual, Operator
from backend.search.parameters import SearchParameters
from backend.search.representation import Genotype, Representation
from backend.search.selection import ranking

__all__ = [
    "Best",
    "Individual",
    "Operator",
    "SearchEngine",
    "SearchParameters",
    "WrongOrder",
    "breed",
    "first_population",
]


class WrongOrder(RuntimeError):
    """Ask and tell do not take turns, or the search has ended."""


@dataclass(frozen=True, slots=True)
class Best(Generic[Genotype]):
    """The individual of the highest fitness so far, and the generation that had it first."""

    individual: Individual[Genotype]
    fitness: float
    generation: int


class SearchEngine(Generic[Genotype]):
    """One seeded search with any representation and any fitness, which is maximised.

    It knows nothing of what phenotypes mean, and keeps nothing but the latest population: it can be resumed from a
    stored one at any time, and goes on exactly as if it had never stopped. What is `planted` comes first in generation
    0, unchanged.
    """

    def __init__(
        self,
        representation: Representation[Genotype],
        parameters: SearchParameters,
        seed: int,
        planted: Sequence[Genotype] = (),
    ) -> None:
        check_count("seed", seed, 0)
        self._representation = representation
        self._parameters = parameters
        self._seed = seed
        self._planted = tuple(planted)
        self._generation = 0
        self._population: tuple[Individual[Genotype], ...] | None = None
        self._fitness: tuple[float | None, ...] | None = None
        self._behaviours: tuple[str | None, ...] | None = None
        self._best: Best[Genotype] | None = None

    @property
    def generation(self) -> int:
        """The number of the generation that was asked for last; 0 before the first."""
        return self._generation

    @property
    def finished(self) -> bool:
        """Whether the fitness of the last generation has been told."""
        return self._fitness is not None and self._generation + 1 >= self._parameters.generations

    @property
    def best(self) -> Best[Genotype] | None:
        """The best that was told, the first of equals; None as long as there is no fitness but None."""
        return self._best

    def ask(self) -> tuple[Individual[Genotype], ...]:
        """Return the population to evaluate; the same one until its fitness is told.

        Raises `WrongOrder` after the last generation.
        """
        if self.finished:
            raise WrongOrder(f"The search has ended: all its {self._parameters.generations} generations are evaluated.")
        if self._population is None:
            self._population = first_population(self._representation, self._parameters, self._seed, self._planted)
        elif self._fitness is not None:
            self._generation += 1
            self._population = breed(
                self._representation,
                self._parameters,
                self._seed,
                self._generation,
                self._population,
                self._fitness,
                self._behaviours,
            )
            self._fitness = self._behaviours = None
        return self._population

    def tell(self, fitness: Sequence[float | None], behaviours: Sequence[str | None] | None = None) -> None:
        """Take the fitness of each individual of the population asked for, in its order; None where it failed.

        `behaviours` are keys for elitism of behaviours: two of one key do the same. None: the phenotype is the key.
        Raises `WrongOrder` if none was asked for since the last time, `ValueError` for other than one finite number
        or None for each individual.
        """
        if self._population is None or self._fitness is not None:
            told = "nothing" if self._population is None else f"the fitness of generation {self._generation}"
            raise WrongOrder(f"tell() was called without ask() before it: so far {told} has been told.")
        check_evaluated(self._parameters, self._population, fitness, behaviours)
        self._fitness = tuple(fitness)
        self._behaviours = None if behaviours is None else tuple(behaviours)
        self._remember_best(self._population, self._fitness)

    def resume(
        self,
        generation: int,
        population: Sequence[Individual[Genotype]],
        fitness: Sequence[float | None] | None = None,
        best: Best[Genotype] | None = None,
        behaviours: Sequence[str | None] | None = None,
    ) -> None:
        """Go on from a stored population of that number: with its fitness and behaviours, else `ask` returns it.

        `best` is the best of the generations before it, which only the caller can know. Raises `ValueError` if the
        number is not one of this search's, or population, fitness and behaviours do not fit it.
        """
        if not 0 <= generation < self._parameters.generations:
            last = self._parameters.generations - 1
            raise ValueError(f"Generation {generation} is not one of this search's: they are 0 to {last}.")
        told = [None] * len(population) if fitness is None else fitness
        check_evaluated(self._parameters, population, told, behaviours)
        self._generation = generation
        self._population = tuple(population)
        self._fitness = None if fitness is None else tuple(fitness)
        self._behaviours = None if behaviours is None else tuple(behaviours)
        self._best = best
        if self._fitness is not None:
            self._remember_best(self._population, self._fitness)

    def _remember_best(self, population: Sequence[Individual[Genotype]], fitness: Sequence[float | None]) -> None:
        index = ranking(fitness)[0]
        value = fitness[index]
        if value is not None and (self._best is None or value > self._best.fitness):
            self._best = Best(population[index], float(value), self._generation)
