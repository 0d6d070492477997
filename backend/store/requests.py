"""Requests: who wants an evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store.tables import Evaluation, Request

INDIVIDUAL = "individual"
BASELINE = "baseline"
ABLATION = "ablation"


@dataclass(frozen=True)
class Requester:
    """Somebody of a run who wants evaluations: an individual, a baseline of that label, or an individual's ablation."""

    run_id: int
    purpose: str
    individual_id: int | None = None
    label: str | None = None


def add(session: Session, evaluation: Evaluation, requester: Requester) -> None:
    """Note that the requester wants this evaluation."""
    session.add(
        Request(
            run_id=requester.run_id,
            evaluation_id=evaluation.id,
            purpose=requester.purpose,
            individual_id=requester.individual_id,
            label=requester.label,
        )
    )


def answers(session: Session, requester: Requester) -> Sequence[Evaluation]:
    """Return the evaluations that the requester asked for so far, by fold."""
    return session.scalars(
        select(Evaluation)
        .join(Request, Request.evaluation_id == Evaluation.id)
        .where(
            Request.run_id == requester.run_id,
            Request.purpose == requester.purpose,
            Request.individual_id.is_not_distinct_from(requester.individual_id),
            Request.label.is_not_distinct_from(requester.label),
        )
        .order_by(Evaluation.fold)
    ).all()


def baselines_of(session: Session, evaluation_id: int) -> Sequence[str]:
    """Return the labels of the baselines that want this evaluation."""
    wanted = select(Request.label).where(Request.evaluation_id == evaluation_id, Request.purpose == BASELINE)
    return [label for label in session.scalars(wanted) if label is not None]


def of_ablation(session: Session, individual_id: int) -> Sequence[Evaluation]:
    """Return the evaluations that an individual's ablation asked for, each once, in the order of the asking."""
    wanted = select(Request.evaluation_id).where(Request.individual_id == individual_id, Request.purpose == ABLATION)
    return session.scalars(select(Evaluation).where(Evaluation.id.in_(wanted)).order_by(Evaluation.id)).all()
