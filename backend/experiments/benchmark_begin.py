"""Begin the benchmarks that waited for their runs to end, each once: the best of all of them are its finalists.

Any process may do it at any time, any number at once: the benchmark's row is locked first, and who comes second finds
that it waits no more. A process that dies before the commit has begun nothing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from backend.dispatch.sender import Sender
from backend.experiments.benchmark_after_search import label_of
from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark
from backend.experiments.benchmark_launch import begin, checked
from backend.experiments.errors import InvalidOrder
from backend.store import benchmarks, runs
from backend.store.benchmarks import BenchmarkState
from backend.store.database import Database
from backend.store.fittest import fittest
from backend.store.runs import RunState
from backend.store.tables import Benchmark, Individual, Run

# A run that was cancelled is not what was asked for, and one that failed has found nothing.
_HAVE_SEARCHED = (RunState.FINISHED, RunState.STOPPED)
_HAVE_NOT = {RunState.CANCELLED: "was cancelled", RunState.FAILED: "failed"}


def begin_benchmarks(database: Database, sender: Sender) -> int:
    """Begin what waits for no run any more; return how many evaluations were sent."""
    with database.read() as session:
        ripe = benchmarks.ripe_ids(session)
    sent = 0
    for benchmark_id in ripe:
        with database.write() as session:
            new = _begin(session, benchmark_id)
        sender.send(new)
        sent += len(new)
    return sent


def _begin(session: Session, benchmark_id: int) -> list[int]:
    benchmark = benchmarks.lock(session, benchmark_id)
    if benchmark is None or benchmark.state != BenchmarkState.WAITING or benchmark.experiment_id is None:
        return []
    searches = runs.of_experiment(session, benchmark.experiment_id)
    if any(runs.is_active(run) for run in searches):  # extended meanwhile
        return []
    searched = [run.id for run in searches if run.state in _HAVE_SEARCHED]
    if not searched:
        _end_without_search(session, benchmark, searches)
        return []
    waiting = ResolvedBenchmark.of_json(benchmark.configuration)
    best = fittest(session, searched, len(waiting.finalists))
    if not best:
        message = "No individual of the search has a fitness: there is nothing to compare."
        benchmarks.end(session, benchmark, BenchmarkState.FAILED, message=message)
        return []
    return _begin_with(session, benchmark, waiting.declaration, best)


def _begin_with(
    session: Session, benchmark: Benchmark, declared: BenchmarkConfiguration, best: Sequence[Individual]
) -> list[int]:
    try:
        resolved = checked(session, _with_finalists(declared, best))
    except InvalidOrder as error:
        message = f"The benchmark could not begin: {error}"
        benchmarks.end(session, benchmark, BenchmarkState.FAILED, message=message)
        return []
    benchmarks.start(session, benchmark, resolved.model_dump(mode="json"))
    return begin(session, benchmark, resolved)


def _with_finalists(declared: BenchmarkConfiguration, best: Sequence[Individual]) -> BenchmarkConfiguration:
    """Return what was declared with these individuals in the place of the placeholders: as many as there are."""
    whole: dict[str, Any] = declared.model_dump()
    finalists = [{"label": label_of(place), "individual": one.id} for place, one in enumerate(best)]
    rivals = [each for each in whole["contenders"] if each["label"] not in declared.finalists]
    labels = [each["label"] for each in finalists]
    return BenchmarkConfiguration.model_validate({**whole, "contenders": [*finalists, *rivals], "finalists": labels})


def _end_without_search(session: Session, benchmark: Benchmark, searches: Sequence[Run]) -> None:
    said = ", ".join(f"run {run.id} {_HAVE_NOT[RunState(run.state)]}" for run in searches)
    message = f"There is nothing to compare: {said}."
    cancelled = all(run.state == RunState.CANCELLED for run in searches)
    benchmarks.end(
        session, benchmark, BenchmarkState.CANCELLED if cancelled else BenchmarkState.FAILED, message=message
    )
