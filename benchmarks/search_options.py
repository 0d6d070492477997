"""Whether what goes beyond the papers helps: rates by non-terminal, rates that adapt, an elite of distinct behaviours.

    python -m benchmarks.search_options                     (the Santa Fe ant trail alone, no training)
    python -m benchmarks.search_options --trainings 300     (schedules on mnist-1d as well: half a core hour and more)

Each option alone is held against plain SGE, over the same seeds; none was tuned. Of schedules the run counts that has
trained so many *different* ones; what is compared is the best fitness, and the mean accuracy of that best one in five
trainings with other seeds, since the best of many trainings is partly luck.
"""

import argparse
import multiprocessing
import os
import platform
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from backend.benchmarks.significance import holm, mann_whitney
from backend.grammar.catalogue import grammar_text
from backend.grammar.reader import read_grammar
from backend.phenotypes.behaviour import Behaviour, rate_vector
from backend.phenotypes.schedule import CannotTrain, Schedule
from backend.problems.catalogue import get_problem
from backend.problems.specification import EvaluationSpecification
from backend.search.engine import SearchEngine, SearchParameters
from backend.search.parameters import ElitismOf
from backend.search.seeds import evaluation_seed
from backend.search.sge import SGE, SGEGenotype
from examples import santa_fe_ant

EPOCHS = 10
AGAIN = 5
PLAIN = "plain"


@dataclass(frozen=True)
class Option:
    """A way to search; adaptive rates begin as the facilitated ones, the others differ from plain in one thing."""

    facilitated: bool = False
    adaptive: bool = False
    elitism: int = 1
    elitism_of: ElitismOf = "individuals"

    def engine(
        self, grammar: str, rates: Mapping[str, float], sizes: tuple[int, int], seed: int
    ) -> SearchEngine[SGEGenotype]:
        """Return the engine for a grammar; sizes are those of a population and of generations."""
        read = read_grammar(grammar)
        representation = SGE(read, mutation_rate=rates if self.facilitated else 0.15, adaptive_rates=self.adaptive)
        parameters = SearchParameters(
            population_size=sizes[0],
            generations=sizes[1],
            tournament_size=3,
            elitism=self.elitism,
            elitism_of=self.elitism_of,
        )
        return SearchEngine(representation, parameters, seed)


OPTIONS = {
    PLAIN: Option(),
    "facilitated": Option(facilitated=True),
    "adaptive facilitated": Option(facilitated=True, adaptive=True),
    "elite of 3 individuals": Option(elitism=3),
    "elite of 3 behaviours": Option(elitism=3, elitism_of="behaviours"),
}

# Set as the published facilitated grammar sets its own: structure seldom, what stands for a value more, constants most.
RATES_OF_PROGRAMS = {"code": 0.01, "line": 0.05, "action": 0.15}
RATES_OF_SCHEDULES = {"expr": 0.01, "logic_expr": 0.05, "op": 0.05, "ep_const": 0.15, "lr_const": 0.15}


Scores = list[float]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=10, help="seeds for each option")
    arguments.add_argument("--trainings", type=int, default=0, help="different schedules a run trains; 0: none")
    arguments.add_argument("--processes", type=int, default=1, help="runs at the same time")
    given = arguments.parse_args()
    if given.runs < 2:
        arguments.error("--runs must be at least 2: one run has no spread")
    measure("Santa Fe ant trail: pellets eaten, of 89", ant_scores, given.runs, given.processes)
    if given.trainings:
        what = f"mnist-1d: accuracy after {given.trainings} trainings of {EPOCHS} epochs; the same again, {AGAIN} seeds"
        measure(what, partial(schedule_scores, given.trainings), given.runs, given.processes)


def measure(title: str, scores: Callable[[str, int], Scores], runs: int, processes: int) -> None:
    """Run each option on each seed, and print a table for each kind of score that a run has."""
    print(f"\n{title} ({platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()})")
    # Seed by seed, so that a measurement that is cut short has about equally many of each.
    cases = [(name, seed) for seed in range(runs) for name in OPTIONS]
    found: dict[str, list[Scores]] = {name: [] for name in OPTIONS}
    # TensorFlow cannot be forked.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for (name, seed), score in zip(cases, pool.map(scores, *zip(*cases, strict=True)), strict=True):
            found[name].append(score)
            print(name, seed, *score, sep="\t", flush=True)
    for kind in range(len(found[PLAIN][0])):
        print("| option | mean | sd | n | p against plain |\n|---|---|---|---|---|")
        print(*table({name: [score[kind] for score in each] for name, each in found.items()}), sep="\n", flush=True)


def table(scores: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield a line for each option: mean, deviation, number, p of Mann-Whitney's U test, two-sided, Holm-corrected."""
    others = [name for name in scores if name != PLAIN]
    raw = [mann_whitney(scores[name], scores[PLAIN]) for name in others]
    corrected = dict(zip(others, holm(raw), strict=True))
    for name, each in scores.items():
        p = corrected.get(name)
        words = "" if p is None else f"{p:.2g}"
        yield f"| {name} | {statistics.mean(each):.4f} | {statistics.stdev(each):.4f} | {len(each)} | {words} |"


def ant_scores(option: str, seed: int) -> Scores:
    """Return how many pellets the best ant eats."""
    engine = OPTIONS[option].engine(santa_fe_ant.GRAMMAR, RATES_OF_PROGRAMS, (100, 50), seed)
    while not engine.finished:
        engine.tell([santa_fe_ant.fitness(individual.phenotype) for individual in engine.ask()])
    return [0.0 if engine.best is None else engine.best.fitness]


def schedule_scores(trainings: int, option: str, seed: int) -> Scores:
    """Return the best accuracy in so many trainings, and the mean accuracy of that schedule with other seeds."""
    accuracies: dict[str, float | None] = {}
    engine = OPTIONS[option].engine(grammar_text("dlr-2020"), RATES_OF_SCHEDULES, (20, 10_000), seed)
    while len(accuracies) < trainings:
        behaviours = [behaviour(individual.phenotype) for individual in engine.ask()]
        for each in behaviours:
            if each is not None and each.key not in accuracies and len(accuracies) < trainings:
                accuracies[each.key] = accuracy(each, evaluation_seed(seed, 0))
        keys = [None if each is None else each.key for each in behaviours]
        engine.tell([None if key is None else accuracies.get(key) for key in keys], keys)
    if engine.best is None:
        return [0.0, 0.0]
    best = behaviour(engine.best.individual.phenotype)
    again = [
        accuracy(best, evaluation_seed(seed, 0, repetition)) if best else None for repetition in range(1, 1 + AGAIN)
    ]
    return [engine.best.fitness, statistics.mean(each or 0.0 for each in again)]


def behaviour(phenotype: str) -> Behaviour | None:
    """Return what a schedule does; None if it cannot train."""
    try:
        return rate_vector(Schedule.from_text(phenotype, first_epoch=1), EPOCHS)
    except CannotTrain:
        return None


def accuracy(trained: Behaviour, seed: int) -> float | None:
    """Train with plain gradient descent; return the accuracy on the fitness part, None where training failed."""
    # Only here, so that what needs no training needs no TensorFlow either.
    from worker.training.train import train

    specification = EvaluationSpecification(
        behaviour_kind=trained.kind,
        behaviour_content=trained.content,
        problem="mnist-1d",
        parts=get_problem("mnist-1d").parts,
        folds=1,
        fold=0,
        seed=seed,
        epochs=EPOCHS,
        batch_size=64,
    )
    return train(specification, lambda _: None, lambda: False).score


if __name__ == "__main__":
    main()
