"""Small benchmarks, and workers that score by a formula of the behaviour and the seed."""

from typing import Any

import numpy as np

from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_launch import LaunchedBenchmark, launch_benchmark
from backend.experiments.claim import Claimed
from backend.problems.result import EpochRow, EvaluationResult
from backend.store import benchmarks
from backend.store.tables import Benchmark
from tests.backend.experiments.farm import Farm

SMALL: dict[str, Any] = {
    "problems": ["mnist-1d"],
    "contenders": [
        {"label": "evolved", "phenotype": "0.05"},
        {"label": "slow", "phenotype": "0.01"},
        {"label": "fast", "phenotype": "0.09"},
    ],
    "finalists": ["evolved"],
    "protocol": {"epochs": 3},
    "trials": 6,
}


def declared(**changes: object) -> dict[str, Any]:
    """The small declaration: an evolved schedule and two rivals, six trials each of three epochs."""
    return {**SMALL, **changes}


def contest(*, seed: int | None = 7, name: str | None = None, **changes: object) -> BenchmarkOrder:
    """An order of it."""
    return BenchmarkOrder.model_validate({"overrides": declared(**changes), "seed": seed, "name": name})


def trained(claimed: Claimed) -> EvaluationResult:
    """Best where the rate is .05; the seed decides more than the behaviour, and is the same for all."""
    rates = claimed.specification.behaviour_content["rates"]
    luck = float(np.random.default_rng(claimed.specification.seed).normal(0, 0.01))
    score = 0.6 + luck - abs(rates[0] - 0.05)
    rows = tuple(
        EpochRow(epoch, 1 / (epoch + 1), score / 2, 0.9, score * (epoch + 1) / 3, rate, 0.1)
        for epoch, rate in enumerate(rates)
    )
    return EvaluationResult(score, None, None, best_epoch=0, stopped_early=False, epochs=rows, seconds=0.3)


def launched(farm: Farm, order: BenchmarkOrder, key: str | None = None) -> LaunchedBenchmark:
    """Launch a benchmark and send its first evaluations."""
    with farm.database.write() as session:
        made = launch_benchmark(session, order, key)
    farm.sender.send(made.evaluation_ids)
    return made


def worked(farm: Farm, taken_from: int | None = None) -> None:
    """Do all messages, those that come meanwhile as well; as if an evaluation from before was trained for all."""
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, trained(claimed), taken_from)


def finished(farm: Farm, order: BenchmarkOrder) -> Benchmark:
    """A benchmark from start to end."""
    made = launched(farm, order)
    worked(farm)
    return reread(farm, made.benchmark)


def reread(farm: Farm, benchmark: Benchmark) -> Benchmark:
    """The benchmark as it is now."""
    with farm.database.read() as session:
        found = benchmarks.get(session, benchmark.id)
    assert found is not None
    return found
