"""How a search breeds, whatever the representation."""

from dataclasses import dataclass

from backend.search.checks import check_count, check_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters:
    """Sizes and rates of a search; `ValueError` names the one that cannot be.

    `generations` counts the evaluated ones: they have the numbers 0 to `generations - 1`. `elitism` is how many of
    the best survive unchanged; the defaults are those of [ALR] (EuroGP 2022) where it gives any.
    """

    population_size: int
    generations: int
    tournament_size: int = 5
    crossover_rate: float = 0.9
    elitism: int = 1

    def __post_init__(self) -> None:
        check_count("population_size", self.population_size, 1)
        check_count("generations", self.generations, 1)
        check_count("tournament_size", self.tournament_size, 1)
        check_rate("crossover_rate", self.crossover_rate)
        check_count("elitism", self.elitism, 0)
        for name in ("tournament_size", "elitism"):
            if (value := getattr(self, name)) > self.population_size:
                raise ValueError(
                    f"{name} is {value}, but the population has only {self.population_size} individual(s)."
                )
