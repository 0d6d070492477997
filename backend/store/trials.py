"""Trials of benchmarks: requests that name contender, round, number and problem, and the evaluations behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from backend.store import leases
from backend.store.clock import now
from backend.store.evaluations import UNDER_WAY, EvaluationState
from backend.store.tables import Evaluation, Request

TRIAL = "trial"


@dataclass(frozen=True)
class TrialRow:
    """A trial, and how it stands; `result` is left out where it was not asked for."""

    evaluation_id: int
    contender: int
    problem: str
    round: int
    number: int
    state: str
    score: float | None
    reason: str | None
    message: str | None
    seconds: float | None
    result: dict[str, Any] | None


def with_key(session: Session, benchmark_id: int, key: str) -> Evaluation | None:
    """Return the benchmark's evaluation of that key, or None."""
    return session.scalar(select(Evaluation).where(Evaluation.benchmark_id == benchmark_id, Evaluation.key == key))


def ask(
    session: Session, evaluation: Evaluation, *, contender: int, problem: str, round_number: int, number: int
) -> None:
    """Note that a trial wants this evaluation of its benchmark."""
    session.add(
        Request(
            benchmark_id=evaluation.benchmark_id,
            evaluation_id=evaluation.id,
            purpose=TRIAL,
            label=problem,
            contender=contender,
            round=round_number,
            number=number,
        )
    )


def of_benchmark(session: Session, benchmark_id: int, *, with_results: bool = False) -> list[TrialRow]:
    """Return all trials by round, number, problem and contender; with their results only where asked: they are long."""
    rows = session.execute(
        select(
            Evaluation.id,
            Request.contender,
            Request.label,
            Request.round,
            Request.number,
            Evaluation.state,
            Evaluation.score,
            Evaluation.reason,
            Evaluation.message,
            Evaluation.result["seconds"].as_float(),
            *((Evaluation.result,) if with_results else ()),
        )
        .join(Request, Request.evaluation_id == Evaluation.id)
        .where(Request.benchmark_id == benchmark_id, Request.purpose == TRIAL)
        .order_by(Request.round, Request.number, Request.label, Request.contender)
    )
    return [TrialRow(*row, *(() if with_results else (None,))) for row in rows.all()]


def count_under_way(session: Session, benchmark_id: int) -> int:
    """Return how many of a benchmark's evaluations are pending or running."""
    return session.scalar(select(func.count()).select_from(Evaluation).where(_under_way(benchmark_id))) or 0


@dataclass(frozen=True)
class Counts:
    """How many evaluations a benchmark has: all, those that ended, those that failed, those that are trained now.

    `taken_over` are those among the ended ones whose result was known from an earlier training.
    """

    asked: int = 0
    finished: int = 0
    failed: int = 0
    running: int = 0
    taken_over: int = 0


def counts(session: Session, benchmark_ids: Iterable[int]) -> dict[int, Counts]:
    """Return the counts of each benchmark."""
    ids = list(benchmark_ids)
    finished = func.count().filter(Evaluation.state == EvaluationState.FINISHED)
    running = func.count().filter(Evaluation.state == EvaluationState.RUNNING)
    failed, taken_over = func.count(Evaluation.reason), func.count(Evaluation.taken_from)
    rows = session.execute(
        select(Evaluation.benchmark_id, func.count(), finished, failed, running, taken_over)
        .where(Evaluation.benchmark_id.in_(ids))
        .group_by(Evaluation.benchmark_id)
    )
    found = {row[0]: Counts(*row[1:]) for row in rows}
    return {benchmark_id: found.get(benchmark_id, Counts()) for benchmark_id in ids}


def cancel_all(session: Session, benchmark_id: int) -> int:
    """Cancel what is pending or running; a running training notices when it renews its lease."""
    under_way = _under_way(benchmark_id)
    return leases.change_where(session, Evaluation, under_way, state=EvaluationState.CANCELLED, finished_at=now())


def _under_way(benchmark_id: int) -> ColumnElement[bool]:
    return and_(Evaluation.benchmark_id == benchmark_id, Evaluation.state.in_(UNDER_WAY))
