"""How a search breeds, whatever the representation."""

from dataclasses import dataclass
from typing import Literal

from backend.search.checks import check_count, check_one_of, check_rate

Breeding = Literal["generational", "mating_pool"]
ElitismOf = Literal["individuals", "behaviours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters:
    """Sizes and rates of a search; `ValueError` names the one that cannot be.

    `generations` counts the evaluated ones: they have the numbers 0 to `generations - 1`. `elitism` is how many of
    the best survive unchanged; the defaults are those of [ALR] (EuroGP 2022) where it gives any.

    `breeding` is the loop: "generational", that of SGE, where every child is mutated (`backend.search.breeding`), or
    "mating_pool", that of the published tree GP, where a child is mutated with `child_mutation_rate`
    (`backend.search.mating_pool`). `elitism_of` "behaviours" lets only the best of each behaviour survive. `protected`
    is how many planted individuals survive besides, for the whole run: the first ones.
    """

    population_size: int
    generations: int
    tournament_size: int = 5
    crossover_rate: float = 0.9
    elitism: int = 1
    breeding: Breeding = "generational"
    child_mutation_rate: float = 0.2
    elitism_of: ElitismOf = "individuals"
    protected: int = 0

    def __post_init__(self) -> None:
        check_count("population_size", self.population_size, 1)
        check_count("generations", self.generations, 1)
        check_count("tournament_size", self.tournament_size, 1)
        check_rate("crossover_rate", self.crossover_rate)
        check_rate("child_mutation_rate", self.child_mutation_rate)
        check_count("elitism", self.elitism, 0)
        check_count("protected", self.protected, 0)
        check_one_of("breeding", self.breeding, Breeding)
        check_one_of("elitism_of", self.elitism_of, ElitismOf)
        self._check_that_it_fits_the_population()

    def _check_that_it_fits_the_population(self) -> None:
        size = self.population_size
        for name in ("tournament_size", "elitism", "protected"):
            if (value := getattr(self, name)) > size:
                raise ValueError(f"{name} is {value}, but the population has only {size} individual(s).")
        if self.elitism + self.protected > size:
            raise ValueError(
                f"elitism is {self.elitism} and protected is {self.protected}: together they are more than the "
                f"population of {size}."
            )
        if self.breeding == "mating_pool" and size < 2:
            raise ValueError("breeding is 'mating_pool', which needs a population_size of at least 2, not 1.")
