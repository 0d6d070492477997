"""Trainings for tuning: requests that name contender, problem, number and constants, and their evaluations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store.tables import Evaluation, Request

TUNING = "tuning"


@dataclass(frozen=True)
class TuningRow:
    """A training for tuning, and how it stands; `score` is None where it failed or has not ended."""

    evaluation_id: int
    contender: int
    problem: str
    number: int
    constants: dict[str, Any]
    state: str
    score: float | None
    reason: str | None
    message: str | None


def ask(
    session: Session,
    evaluation: Evaluation,
    *,
    contender: int,
    problem: str,
    number: int,
    constants: Mapping[str, float],
) -> None:
    """Note that a contender's tuning wants this evaluation of its benchmark."""
    session.add(
        Request(
            benchmark_id=evaluation.benchmark_id,
            evaluation_id=evaluation.id,
            purpose=TUNING,
            label=problem,
            contender=contender,
            number=number,
            constants=dict(constants),
        )
    )


def of_benchmark(session: Session, benchmark_id: int) -> list[TuningRow]:
    """Return all trainings for tuning by problem, contender and number."""
    rows = session.execute(
        select(
            Evaluation.id,
            Request.contender,
            Request.label,
            Request.number,
            Request.constants,
            Evaluation.state,
            Evaluation.score,
            Evaluation.reason,
            Evaluation.message,
        )
        .join(Request, Request.evaluation_id == Evaluation.id)
        .where(Request.benchmark_id == benchmark_id, Request.purpose == TUNING)
        .order_by(Request.label, Request.contender, Request.number)
    )
    return [TuningRow(*row) for row in rows.all()]
