"""Whether evolution finds what holds elsewhere as well if half of each fitness is measured on data drawn anew.

    python -m benchmarks.fitness_on_new_data                 (says what it would do)
    python -m benchmarks.fitness_on_new_data --run           (12 minutes on two cores with --processes 2)

SGE with the grammar dlr-2020 on mnist-1d, 10 epochs. A fitness is the mean of two trainings: both on the problem's own
data (`fitness.new_data` off), or the second on others, the same for all individuals of a run (on). Of each run the best
schedule is trained again on ten data sets that nothing has seen. Compared is what it reaches there, and how much less
that is than its fitness: what evolution took for merit and was the luck of one fitness part. Nothing was tuned.
"""

import argparse
import multiprocessing
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from backend.benchmarks.significance import mann_whitney
from backend.benchmarks.tuning import mean_or_none
from backend.experiments.configuration import Configuration
from backend.experiments.design import Design, design
from backend.phenotypes.behaviour import Behaviour
from backend.phenotypes.schedule import CannotTrain
from backend.problems.fitness_rule import NextFold
from backend.problems.specification import EvaluationSpecification
from backend.search.engine import SearchEngine
from backend.search.seeds import trial_seed

AGAIN = 10
REPETITIONS = 2
WAYS = {"own data twice": False, "the second on new data": True}


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--run", action="store_true", help="carry it out")
    arguments.add_argument("--runs", type=int, default=10, help="seeds for each way")
    arguments.add_argument(
        "--schedules", type=int, default=150, help="different schedules that a run trains, twice each"
    )
    arguments.add_argument("--processes", type=int, default=1, help="runs at the same time")
    given = arguments.parse_args()
    if given.runs < 2:
        arguments.error("--runs must be at least 2: one run has no spread")
    trainings = given.runs * len(WAYS) * (given.schedules * REPETITIONS + AGAIN)
    print(f"{trainings:,} trainings: {given.runs} runs each way of {given.schedules} schedules, each trained twice")
    if not given.run:
        return
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    cases = [(way, seed) for seed in range(given.runs) for way in WAYS]
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    # TensorFlow cannot be forked.
    with ProcessPoolExecutor(given.processes, multiprocessing.get_context("spawn")) as pool:
        scores = pool.map(partial(scores_of_run, given.schedules), *zip(*cases, strict=True))
        for (way, seed), score in zip(cases, scores, strict=True):
            found[way].append(score)
            print(way, seed, *score, sep="\t", flush=True)
    report("fitness of the best", {way: [fitness for fitness, _ in each] for way, each in found.items()})
    report(
        f"its mean accuracy on {AGAIN} unseen data sets", {way: [new for _, new in each] for way, each in found.items()}
    )
    report("how much less that is", {way: [fitness - new for fitness, new in each] for way, each in found.items()})


def report(title: str, scores: Mapping[str, Sequence[float]]) -> None:
    """Print a line for each way, and p of Mann-Whitney's U test, two-sided."""
    print(f"\n| {title} | mean | sd | n |\n|---|---|---|---|")
    for way, each in scores.items():
        print(f"| {way} | {statistics.mean(each):.4f} | {statistics.stdev(each):.4f} | {len(each)} |")
    print(f"p = {mann_whitney(*scores.values()):.2g}")


def scores_of_run(schedules: int, way: str, seed: int) -> tuple[float, float]:
    """Return the best fitness among so many different schedules, and the mean accuracy of that one on unseen data."""
    made, fitness = _design(way), dict[str, float | None]()
    engine = SearchEngine(made.representation, made.parameters, seed)
    while len(fitness) < schedules:
        behaviours = [_behaviour(made, individual.phenotype) for individual in engine.ask()]
        for each in behaviours:
            if each is not None and each.key not in fitness and len(fitness) < schedules:
                fitness[each.key] = mean_or_none(
                    [_score(_specification(made, each, seed, number)) for number in range(REPETITIONS)]
                )
        keys = [None if each is None else each.key for each in behaviours]
        engine.tell([None if key is None else fitness.get(key) for key in keys], keys)
    best = None if engine.best is None else _behaviour(made, engine.best.individual.phenotype)
    if engine.best is None or best is None:
        return 0.0, 0.0
    like = _specification(made, best, seed, 0)
    unseen = [
        replace(like, seed=each, data_seed=each) for each in (trial_seed(seed, 0, number) for number in range(AGAIN))
    ]
    return engine.best.fitness, statistics.mean(_score(each) or 0.0 for each in unseen)


def _design(way: str) -> Design:
    declared = {
        "grammar": "dlr-2020",
        "problem": "mnist-1d",
        "search": {"population_size": 20, "generations": 10_000, "elitism": 1},
        "training": {"epochs": 10, "batch_size": 64},
        "fitness": {"repetitions": REPETITIONS, "combine": "mean", "new_data": WAYS[way]},
    }
    return design(Configuration.model_validate(declared))


def _behaviour(made: Design, phenotype: str) -> Behaviour | None:
    """Return what a schedule does; None if it cannot train."""
    try:
        return made.evolved.behaviour(phenotype)
    except CannotTrain:
        return None


def _specification(made: Design, behaviour: Behaviour, seed: int, repetition: int) -> EvaluationSpecification:
    return made.specification(behaviour.kind, behaviour.content, NextFold(0, repetition), seed)


def _score(specification: EvaluationSpecification) -> float | None:
    """Train; return the accuracy on the fitness part, None where training failed."""
    # Only here, so that asking for help needs no TensorFlow.
    from worker.training.train import train

    return train(specification, lambda _: None, lambda: False).score


if __name__ == "__main__":
    main()
