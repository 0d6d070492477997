"""How many individuals a second the engine breeds: both representations, a population of 1,000, one core.

    python -m benchmarks.engine

Selecting, recombining, mutating and expressing are all in it; evaluating is not: fitness is drawn at random, so that
sizes are those of the search itself. Machines differ and share their cores, so it also measures, in turn with the
breeding, something that stays what it is: making the generators that the individuals draw from one by one, as NumPy
documents it. The ratio of the two can be compared between machines and versions; the best of all generations is what a
core that nothing else uses comes to.
"""

import platform
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.random import SeedSequence, default_rng

from backend.expressions.languages import PROGRAM
from backend.grammar.catalogue import load_grammar
from backend.search.engine import Individual, SearchParameters, breed, first_population
from backend.search.representation import Representation
from backend.search.sge import SGE
from backend.search.tree_gp import TreeGP

POPULATION = 1_000
GENERATIONS = 50
SEED = 7
PARAMETERS = SearchParameters(population_size=POPULATION, generations=GENERATIONS)
POOL = SearchParameters(population_size=POPULATION, generations=GENERATIONS, breeding="mating_pool", crossover_rate=0.7)

Result = TypeVar("Result")
# Genotypes have a type of their own, which nothing here looks into.
Population = Sequence[Individual[Any]]


@dataclass(frozen=True)
class Breeder:
    """A representation, and how it is bred."""

    name: str
    representation: Representation[Any]
    parameters: SearchParameters

    def created(self, seed: int) -> Population:
        """Return a first population."""
        return first_population(self.representation, self.parameters, seed)

    def bred(self, generation: int, population: Population) -> Population:
        """Return the next population."""
        return breed(self.representation, self.parameters, SEED, generation, population, fitness(generation))


@dataclass(frozen=True, slots=True)
class Measured:
    """What one generation after the other took: seconds of processor time."""

    created: list[float]
    bred: list[float]
    generators: list[float]
    last: Population


def main() -> None:
    """Measure and print."""
    print(f"Breeding: population {POPULATION:,}, generations 1 to {GENERATIONS - 1}, seed {SEED}")
    print(f"on {processor()}, Python {platform.python_version()}, NumPy {np.__version__}, one core, processor time")
    for breeder in breeders():
        print_measured(breeder, measure(breeder))


def breeders() -> tuple[Breeder, ...]:
    """Return what is measured: the schedules' and the adaptive optimizers' grammar, and trees within limits."""
    return (
        Breeder("SGE, grammar dlr-2020", SGE(load_grammar("dlr-2020")), PARAMETERS),
        Breeder("SGE, grammar alr-2022-gradient", SGE(load_grammar("alr-2022-gradient")), PARAMETERS),
        Breeder("tree GP, depth 17, mating pool", TreeGP(PROGRAM, depth_limit=17, size_limit=500), POOL),
    )


def measure(breeder: Breeder) -> Measured:
    """Return the times of a whole run, its generations in turn with the reference."""
    created: list[float] = []
    bred: list[float] = []
    generators: list[float] = []
    population = breeder.created(SEED)
    for number in range(1, GENERATIONS):
        generators.append(timed(partial(reference, number))[0])
        created.append(timed(partial(breeder.created, number))[0])
        elapsed, population = timed(partial(breeder.bred, number, population))
        bred.append(elapsed)
    return Measured(created, bred, generators, population)


def fitness(generation: int) -> list[float | None]:
    """Return a random fitness for each individual; one in ten failed."""
    drawn = default_rng(generation).random(POPULATION).tolist()
    return [None if each < 0.1 else each for each in drawn]


def reference(generation: int) -> float:
    """Make a generator for each individual, and draw one number from each."""
    return sum(
        default_rng(SeedSequence(SEED, spawn_key=(0, generation, index))).random() for index in range(POPULATION)
    )


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the processor time that the work takes, in seconds, and what it returns."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def peak_mebibytes(breeder: Breeder) -> float:
    """Return the most memory that Python holds while generation 1 is bred from generation 0."""
    tracemalloc.start()
    breeder.bred(1, breeder.created(SEED))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def print_measured(breeder: Breeder, measured: Measured) -> None:
    """Print what a breeder came to."""
    print(f"\n{breeder.name}")
    report("created", measured.created)
    report("bred", measured.bred)
    report("reference: generators made", measured.generators)
    ratio = statistics.median(measured.bred) / statistics.median(measured.generators)
    print(f"breeding an individual costs {ratio:.2f} times as much as making NumPy's seeded generator for it")
    text = statistics.mean(len(individual.phenotype) for individual in measured.last)
    print(f"last generation: {text:.0f} characters an individual, on average")
    print(f"peak memory of breeding one generation, both populations included: {peak_mebibytes(breeder):.1f} MiB")


def report(what: str, times: Sequence[float]) -> None:
    """Print individuals a second: median and spread over all repetitions."""
    low, median, high = statistics.quantiles([POPULATION / each for each in times], n=4)
    best = POPULATION / min(times)
    print(f"{what}: {median:,.0f} a second (quartiles {low:,.0f} to {high:,.0f}, best {best:,.0f}; {len(times)} times)")


def processor() -> str:
    """Return the processor's name."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
