"""Claim an evaluation, keep it, tell how it goes, give it back: what a worker does before it has a result."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.problems.result import EpochRow
from backend.problems.specification import EvaluationSpecification
from backend.store import evaluations, events


@dataclass(frozen=True)
class Claimed:
    """An evaluation in the hands of a worker. `attempt` is the fence: only the newest attempt may write."""

    evaluation_id: int
    run_id: int
    attempt: int
    specification: EvaluationSpecification


def claim(session: Session, evaluation_id: int, owner: str, lease_seconds: float) -> Claimed | None:
    """Take the evaluation for so long; None if it is done, cancelled or somebody else's: then drop the message."""
    row = evaluations.claim(session, evaluation_id, owner, lease_seconds)
    if row is None:
        return None
    events.announce(session, "evaluation.started", row.run_id, evaluation_id=row.id, worker=owner)
    specification = EvaluationSpecification.from_json(row.specification)
    return Claimed(row.id, row.run_id, row.attempt, specification)


def renew(session: Session, claimed: Claimed, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the evaluation was cancelled or given to somebody else: then stop training."""
    return evaluations.renew(session, claimed.evaluation_id, claimed.attempt, lease_seconds)


def report_progress(session: Session, claimed: Claimed, rows: Sequence[EpochRow]) -> bool:
    """Store the epochs done so far and say so; False if the evaluation is no longer this attempt's."""
    kept = evaluations.report(session, claimed.evaluation_id, claimed.attempt, [row.to_json() for row in rows])
    if kept:
        events.announce(
            session, "evaluation.progressed", claimed.run_id, evaluation_id=claimed.evaluation_id, epochs=len(rows)
        )
    return kept


def release(session: Session, owner: str) -> int:
    """Make everything pending again that a process which has ended was training; return how many."""
    return evaluations.release(session, owner)
