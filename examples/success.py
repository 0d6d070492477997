"""How often a search solves a task: one run a seed, ended as soon as it has."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from backend.expressions.languages import Language
from backend.expressions.ranges import Range
from backend.grammar.reader import read_grammar
from backend.search.engine import SearchEngine, SearchParameters
from backend.search.representation import Representation
from backend.search.sge import SGE
from backend.search.tree_gp import TreeGP

SEEDS = range(10)


@dataclass(frozen=True)
class Contender:
    """A way to solve a task. Genotypes have a type of their own, which nothing here looks into."""

    representation: Representation[Any]
    parameters: SearchParameters

    def smaller(self, population_size: int, generations: int) -> "Contender":
        """Return the same way with less to do it."""
        changed = replace(self.parameters, population_size=population_size, generations=generations)
        return replace(self, parameters=changed)


@dataclass(frozen=True)
class Task:
    """A fitness over phenotypes, which is maximised, from which value on it is solved, and what is to solve it."""

    name: str
    fitness: Callable[[str], float | None]
    goal: float
    contenders: Mapping[str, Contender]


@dataclass(frozen=True)
class Course:
    """How a run went: the best fitness of each generation, the best phenotype, and the processor's seconds."""

    best_of_generations: tuple[float, ...]
    phenotype: str
    solved: bool
    seconds: float


def by_sge(grammar: str, population_size: int, generations: int) -> Contender:
    """Return SGE with a grammar (BNF): few changes at a time, since one in front moves all that comes behind it."""
    parameters = SearchParameters(
        population_size=population_size,
        generations=generations,
        tournament_size=7,
        crossover_rate=0.2,
        elitism=5,
    )
    return Contender(SGE(read_grammar(grammar), mutation_rate=0.02), parameters)


def by_tree_gp(functions: Sequence[str], leaves: Sequence[str], population_size: int, generations: int) -> Contender:
    """Return tree GP as is usual: ramped half-and-half, a mating pool, crossover 0.9, mutation 0.1, depth 17 at most.

    The functions have names of the expression language; a task may read them in its own way.
    """
    language = Language("example", 1, frozenset(functions), dict.fromkeys(leaves, Range()))
    trees = TreeGP(
        language,
        constants=None,
        initialisation="ramped",
        initial_depth=6,
        mutation_depth=4,
        mutation_reach="node",
        depth_limit=17,
        size_limit=300,
    )
    parameters = SearchParameters(
        population_size=population_size,
        generations=generations,
        breeding="mating_pool",
        crossover_rate=0.9,
        child_mutation_rate=0.1,
        elitism=5,
    )
    return Contender(trees, parameters)


def solve(task: Task, contender: Contender, seed: int) -> Course:
    """Search until the task is solved or the generations end. Raises `ValueError` if no fitness was a number."""
    started = time.process_time()
    engine = SearchEngine(contender.representation, contender.parameters, seed)
    # Evolution sees many phenotypes again.
    fitness = lru_cache(maxsize=100_000)(task.fitness)
    bests: list[float] = []
    while not engine.finished:
        told = [fitness(individual.phenotype) for individual in engine.ask()]
        engine.tell(told)
        bests.append(max((value for value in told if value is not None), default=float("-inf")))
        if bests[-1] >= task.goal:
            break
    if engine.best is None:
        raise ValueError(f"No individual of any generation has a fitness in {task.name}.")
    seconds = time.process_time() - started
    return Course(tuple(bests), engine.best.individual.phenotype, engine.best.fitness >= task.goal, seconds)


def print_success(task: Task, seeds: Sequence[int] = SEEDS) -> None:
    """Print how many runs of each contender solve the task, and the shortest of the best phenotypes."""
    for name, contender in task.contenders.items():
        runs = [solve(task, contender, seed) for seed in seeds]
        best = max(runs, key=lambda run: (run.best_of_generations[-1], -len(run.phenotype)))
        print(f"{task.name} by {name}, population {contender.parameters.population_size}, ", end="")
        print(
            f"{contender.parameters.generations} generations: {sum(run.solved for run in runs)} of {len(runs)} solved"
        )
        median = statistics.median(run.best_of_generations[-1] for run in runs)
        print(f"  best fitness {median:.6g} (median) and {best.best_of_generations[-1]:.6g} (best), ", end="")
        print(f"{sum(run.seconds for run in runs):.0f} s of processor time; the best is", flush=True)
        print(f"  {best.phenotype}", flush=True)
