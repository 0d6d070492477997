"""A benchmark at a glance: how far it is, and its table as far as the trials go; for the API, pages and terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.benchmarks.budgets import had_less
from backend.benchmarks.report import warnings
from backend.benchmarks.table import Row, rows
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_report import FIRST, declaration_of, round_of
from backend.experiments.benchmark_trials import first_round, scored_part
from backend.experiments.benchmark_tuning import trainings_for_tuning
from backend.problems.catalogue import get_problem
from backend.store import lists, trials
from backend.store.benchmarks import BenchmarkState, Phase
from backend.store.lists import RunInExperiment
from backend.store.run_summaries import clock
from backend.store.tables import Benchmark
from backend.store.trials import Counts


@dataclass(frozen=True)
class BenchmarkOverview:
    """A benchmark in the numbers that are asked for first. Times are seconds since the epoch, durations seconds."""

    id: int
    name: str
    preset: str | None
    experiment_id: int | None
    resolved: ResolvedBenchmark
    seed: int
    state: str
    phase: str
    message: str | None
    headline: str | None
    asked: int
    finished: int
    failed: int
    # Those of the finished ones whose result was known from an earlier training.
    taken_over: int
    progress: float
    seconds: float
    seconds_left: float | None
    created_at: float
    finished_at: float | None


@dataclass(frozen=True)
class BenchmarkDetail:
    """A benchmark with its table, live while it runs; the report is None until it has finished."""

    overview: BenchmarkOverview
    rows: tuple[Row, ...]
    # Which part trials are scored on, by problem.
    scored_parts: dict[str, str]
    warnings: tuple[str, ...]
    # Places of the contenders that had fewer trainings than the finalist.
    less: frozenset[int]
    report: dict[str, Any] | None
    # Those that evolved contenders come from, or will.
    runs: tuple[RunInExperiment, ...]


def benchmark_overviews(session: Session, found: Sequence[Benchmark]) -> list[BenchmarkOverview]:
    """Return the overviews of benchmarks, in their order."""
    counts = trials.counts(session, [each.id for each in found])
    time = clock(session)
    return [_overview(each, counts[each.id], time) for each in found]


def benchmark_detail(session: Session, benchmark: Benchmark) -> BenchmarkDetail:
    """Return a benchmark with its table."""
    (overview,) = benchmark_overviews(session, [benchmark])
    declared = declaration_of(overview.resolved, benchmark.seed)
    scores = round_of(trials.of_benchmark(session, benchmark.id), FIRST)
    given = overview.resolved.declaration
    return BenchmarkDetail(
        overview=overview,
        rows=rows(declared, scores),
        scored_parts={name: scored_part(given, get_problem(name)) for name in given.problems},
        warnings=warnings(declared, given.trials),
        report=benchmark.report,
        less=frozenset(place for place in range(len(declared.entrants)) if had_less(declared, place)),
        runs=_runs(session, benchmark, overview.resolved),
    )


def _runs(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> tuple[RunInExperiment, ...]:
    evolved = [each.individual_id for each in resolved.contenders if each.individual_id is not None]
    if evolved or benchmark.experiment_id is None:
        return tuple(lists.runs_of_individuals(session, evolved))
    return tuple(lists.runs_of_experiments(session, [benchmark.experiment_id]))


def _overview(benchmark: Benchmark, counts: Counts, time: float) -> BenchmarkOverview:
    seconds = (benchmark.finished_at or time) - benchmark.created_at
    running = benchmark.state == BenchmarkState.RUNNING
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    planned = benchmark.phase == Phase.TUNING or benchmark.state == BenchmarkState.WAITING
    in_all = trainings_for_tuning(resolved) + len(first_round(resolved)) if planned else 0
    expected = max(counts.asked, in_all)
    left = (expected - counts.finished) * seconds / counts.finished if running and counts.finished else None
    return BenchmarkOverview(
        id=benchmark.id,
        name=benchmark.name,
        preset=benchmark.preset,
        experiment_id=benchmark.experiment_id,
        resolved=resolved,
        seed=benchmark.seed,
        state=benchmark.state,
        phase=benchmark.phase,
        message=benchmark.message,
        headline=benchmark.report["headline"] if benchmark.report else None,
        asked=expected,
        finished=counts.finished,
        failed=counts.failed,
        taken_over=counts.taken_over,
        progress=counts.finished / expected if expected else 0.0,
        seconds=seconds,
        seconds_left=left,
        created_at=benchmark.created_at,
        finished_at=benchmark.finished_at,
    )
