"""Requests: who wants an evaluation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store.tables import Evaluation, Request

INDIVIDUAL = "individual"
BASELINE = "baseline"


def add(
    session: Session,
    evaluation: Evaluation,
    purpose: str,
    *,
    individual_id: int | None = None,
    label: str | None = None,
) -> None:
    """Note that somebody wants this evaluation."""
    session.add(
        Request(
            run_id=evaluation.run_id,
            evaluation_id=evaluation.id,
            purpose=purpose,
            individual_id=individual_id,
            label=label,
        )
    )


def of_individual(session: Session, individual_id: int) -> Sequence[Evaluation]:
    """Return the evaluations that an individual asked for, by fold."""
    return session.scalars(
        select(Evaluation)
        .join(Request, Request.evaluation_id == Evaluation.id)
        .where(Request.individual_id == individual_id)
        .order_by(Evaluation.fold)
    ).all()


def of_baseline(session: Session, run_id: int, label: str) -> Sequence[Evaluation]:
    """Return the evaluations that a baseline of the run asked for, by fold."""
    return session.scalars(
        select(Evaluation)
        .join(Request, Request.evaluation_id == Evaluation.id)
        .where(Request.run_id == run_id, Request.purpose == BASELINE, Request.label == label)
        .order_by(Evaluation.fold)
    ).all()


def baselines_of(session: Session, evaluation_id: int) -> Sequence[str]:
    """Return the labels of the baselines that want this evaluation."""
    return session.scalars(
        select(Request.label).where(Request.evaluation_id == evaluation_id, Request.purpose == BASELINE)
    ).all()  # type: ignore[return-value]
