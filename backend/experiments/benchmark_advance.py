"""Advance a benchmark: tune on, try what was tuned, try again what differs, or write the report and end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from backend.benchmarks.report import Report, to_confirm
from backend.dispatch.sender import Sender
from backend.experiments.advance import FAULTS_OF_THE_MACHINE
from backend.experiments.benchmark_asking import ask_for_trials
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_report import CONFIRMING, FIRST, declaration_of, report_of, round_of
from backend.experiments.benchmark_trials import Trial, trials_of_round
from backend.experiments.benchmark_tuning import Worked, go_on_tuning, work_out
from backend.store import benchmarks, trials, tunings
from backend.store.benchmarks import BenchmarkState, Phase
from backend.store.database import Database
from backend.store.tables import Benchmark
from backend.store.trials import TrialRow
from backend.store.tunings import TuningRow


@dataclass(frozen=True)
class _Prepared:
    """What takes long to find out, and is the same whoever does it: found before anything is locked."""

    worked: Worked = field(default_factory=dict)
    report: Report | None = None


def advance_benchmark(database: Database, sender: Sender, benchmark_id: int) -> int:
    """Advance a benchmark if it can be; return how many evaluations were sent.

    In a transaction of its own, for the same reason as runs are.
    """
    prepared = _prepared(database, benchmark_id)
    with database.write() as session:
        new = _advance(session, benchmark_id, prepared)
    sender.send(new)
    return len(new)


def _prepared(database: Database, benchmark_id: int) -> _Prepared:
    """Find out what comes next: guided constants take seconds, and so do the tests between a hundred contenders."""
    with database.read() as session:
        benchmark = benchmarks.get(session, benchmark_id)
        if benchmark is None or not _is_due(session, benchmark):
            return _Prepared()
        resolved = ResolvedBenchmark.of_json(benchmark.configuration)
        if benchmark.phase == Phase.TUNING:
            return _Prepared(worked=work_out(session, benchmark, resolved))
        rows = trials.of_benchmark(session, benchmark_id)
        if _only_machines_failed(rows) or _trials_that_follow(benchmark, resolved, rows):
            return _Prepared()
        return _Prepared(report=report_of(session, benchmark, resolved))


def _is_due(session: Session, benchmark: Benchmark) -> bool:
    return benchmark.state == BenchmarkState.RUNNING and not trials.count_under_way(session, benchmark.id)


def _advance(session: Session, benchmark_id: int, prepared: _Prepared) -> list[int]:
    """Any process may call it at any time: the row is locked first, and who comes second finds nothing due."""
    benchmark = benchmarks.lock(session, benchmark_id)
    if benchmark is None or not _is_due(session, benchmark):
        return []
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    if benchmark.phase == Phase.TUNING:
        return _advance_tuning(session, benchmark, resolved, prepared.worked)
    rows = trials.of_benchmark(session, benchmark_id)
    if _nobody_could_train(session, benchmark, rows):
        return []
    again = _trials_that_follow(benchmark, resolved, rows)
    if again:
        benchmarks.enter(session, benchmark, Phase.CONFIRMATION)
        return ask_for_trials(session, benchmark, resolved, again)
    report = prepared.report or report_of(session, benchmark, resolved)
    benchmarks.end(session, benchmark, BenchmarkState.FINISHED, report=report.to_json())
    return []


def _advance_tuning(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, worked: Worked) -> list[int]:
    rows = tunings.of_benchmark(session, benchmark.id)
    return [] if _nobody_could_train(session, benchmark, rows) else go_on_tuning(session, benchmark, resolved, worked)


def _nobody_could_train(session: Session, benchmark: Benchmark, rows: Sequence[TrialRow | TuningRow]) -> bool:
    """End the benchmark as failed where only machines were at fault: that says nothing about any contender."""
    if not _only_machines_failed(rows):
        return False
    benchmarks.end(session, benchmark, BenchmarkState.FAILED, message=_why(rows))
    return True


def _only_machines_failed(rows: Sequence[TrialRow | TuningRow]) -> bool:
    return all(row.reason in FAULTS_OF_THE_MACHINE for row in rows)


def _trials_that_follow(benchmark: Benchmark, resolved: ResolvedBenchmark, rows: list[TrialRow]) -> list[Trial]:
    """Return the trials of the contenders of every difference found, each on the problem where it was found."""
    if resolved.declaration.confirmation is None or benchmark.phase == Phase.CONFIRMATION:
        return []
    pairs = to_confirm(declaration_of(resolved, benchmark.seed), round_of(rows, FIRST))
    wanted = {(problem, place) for problem, *both in pairs for place in both}
    everybody = frozenset(place for _, place in wanted)
    return [
        trial
        for trial in trials_of_round(resolved, CONFIRMING, everybody)
        if (trial.problem, trial.contender) in wanted
    ]


def _why(rows: Sequence[TrialRow | TuningRow]) -> str:
    message = next((row.message for row in rows if row.message), "The workers gave no reason.")
    reasons = ", ".join(sorted({str(row.reason) for row in rows}))
    return f"None of the {len(rows)} trainings could be trained ({reasons}). The first that failed says: {message}"
