"""Benchmarks: their state and how far they are. Who changes a benchmark locks its row first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store import events
from backend.store.clock import now
from backend.store.runs import ACTIVE
from backend.store.tables import Benchmark, Run


class BenchmarkState(StrEnum):
    """What a benchmark is doing."""

    WAITING = "waiting"  # for the end of the runs whose best it compares
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Phase(StrEnum):
    """What is being trained, or was last."""

    TUNING = "tuning"
    TRIALS = "trials"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Standing:
    """A benchmark of an experiment's best, without its long documents; the headline is None until it has finished."""

    experiment_id: int
    id: int
    name: str
    state: str
    message: str | None
    headline: str | None


def add(
    session: Session,
    *,
    name: str,
    preset: str | None,
    configuration: dict[str, Any],
    seed: int,
    idempotency_key: str | None,
    state: BenchmarkState = BenchmarkState.RUNNING,
    experiment_id: int | None = None,
) -> Benchmark:
    """Store a benchmark; the experiment is the one whose best it compares."""
    benchmark = Benchmark(
        name=name,
        preset=preset,
        configuration=configuration,
        seed=seed,
        experiment_id=experiment_id,
        state=state,
        phase=Phase.TRIALS,
        idempotency_key=idempotency_key,
        created_at=now(),
    )
    session.add(benchmark)
    session.flush()
    events.announce(session, "benchmark.created", benchmark_id=benchmark.id)
    return benchmark


def get(session: Session, benchmark_id: int) -> Benchmark | None:
    """Return the benchmark, or None."""
    return session.get(Benchmark, benchmark_id)


def lock(session: Session, benchmark_id: int) -> Benchmark | None:
    """Return the benchmark as it is now, and keep everyone else from changing it until the transaction ends."""
    return session.get(Benchmark, benchmark_id, with_for_update=True, populate_existing=True)


def with_idempotency_key(session: Session, key: str) -> Benchmark | None:
    """Return the benchmark that was ordered with this key, or None."""
    return session.scalar(select(Benchmark).where(Benchmark.idempotency_key == key))


def running_ids(session: Session) -> Sequence[int]:
    """Return the ids of the benchmarks that still have something to do, oldest first."""
    running = select(Benchmark.id).where(Benchmark.state == BenchmarkState.RUNNING)
    return session.scalars(running.order_by(Benchmark.id)).all()


def ripe_ids(session: Session) -> Sequence[int]:
    """Return the ids of the benchmarks that wait for runs of which none goes on any more, oldest first."""
    goes_on = select(Run.id).where(Run.experiment_id == Benchmark.experiment_id, Run.state.in_(ACTIVE)).exists()
    waiting = select(Benchmark.id).where(Benchmark.state == BenchmarkState.WAITING, ~goes_on)
    return session.scalars(waiting.order_by(Benchmark.id)).all()


def of_experiments(session: Session, experiment_ids: Collection[int]) -> list[Standing]:
    """Return how the benchmarks stand that compare the best of these experiments, oldest first."""
    rows = session.execute(
        select(
            Benchmark.experiment_id,
            Benchmark.id,
            Benchmark.name,
            Benchmark.state,
            Benchmark.message,
            Benchmark.report["headline"].as_string(),
        )
        .where(Benchmark.experiment_id.in_(experiment_ids))
        .order_by(Benchmark.id)
    )
    return [Standing(*row) for row in rows]


def start(session: Session, benchmark: Benchmark, configuration: dict[str, Any]) -> None:
    """Let a locked benchmark that waited run, with what it compares now, and say so."""
    benchmark.configuration, benchmark.state = configuration, BenchmarkState.RUNNING
    # Its time and its pace count from here: what was before was the search's.
    benchmark.created_at = now()
    events.announce(session, "benchmark.state_changed", benchmark_id=benchmark.id, state=str(benchmark.state))


def page(session: Session, *, limit: int, after: int | None = None) -> Sequence[Benchmark]:
    """Return benchmarks, newest first, from the one after `after` (an id) on."""
    query = select(Benchmark).order_by(Benchmark.id.desc()).limit(limit)
    return session.scalars(query if after is None else query.where(Benchmark.id < after)).all()


def enter(session: Session, benchmark: Benchmark, phase: Phase) -> None:
    """Give a locked benchmark its next phase, and say so."""
    benchmark.phase = phase
    events.announce(session, "benchmark.phase_changed", benchmark_id=benchmark.id, phase=str(phase))


def end(
    session: Session,
    benchmark: Benchmark,
    state: BenchmarkState,
    *,
    report: dict[str, Any] | None = None,
    message: str | None = None,
) -> None:
    """End a locked benchmark, with what came out of it or why nothing did, and say so."""
    benchmark.state, benchmark.report, benchmark.message = state, report, message
    benchmark.finished_at = now()
    events.announce(session, "benchmark.state_changed", benchmark_id=benchmark.id, state=str(state))
