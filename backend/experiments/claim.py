"""Claim an evaluation, keep it, tell how it goes, give it back: what a worker does before it has a result."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.problems.result import EpochRow, EvaluationResult
from backend.problems.specification import EvaluationSpecification
from backend.store import evaluations, events, proofs
from backend.store.tables import Evaluation


@dataclass(frozen=True)
class Held:
    """An evaluation, of a run or of a benchmark, in the hands of a worker.

    `attempt` is the fence: only the newest attempt may write.
    """

    evaluation_id: int
    run_id: int | None
    benchmark_id: int | None
    attempt: int


@dataclass(frozen=True)
class Claimed(Held):
    """A held evaluation with all that it depends on."""

    specification: EvaluationSpecification


def claim(session: Session, evaluation_id: int, owner: str, lease_seconds: float) -> Claimed | None:
    """Take the evaluation for so long; None if it is done, cancelled or somebody else's: then drop the message.

    One that this version of the program cannot read (another one stored it) fails at once, and says why.
    """
    row = evaluations.claim(session, evaluation_id, owner, lease_seconds)
    if row is None:
        return None
    try:
        specification = EvaluationSpecification.from_json(row.specification)
    except (LookupError, TypeError, ValueError) as error:
        _fail(session, row, f"This version of AutoLR cannot read the evaluation: {error}")
        return None
    events.announce(
        session, "evaluation.started", row.run_id, benchmark_id=row.benchmark_id, evaluation_id=row.id, worker=owner
    )
    return Claimed(row.id, row.run_id, row.benchmark_id, row.attempt, specification)


def _fail(session: Session, row: Evaluation, message: str) -> None:
    failed = EvaluationResult.failed("error", message)
    evaluations.finish(
        session, row.id, row.attempt, score=None, reason=failed.reason, message=message, result=failed.to_json()
    )


def renew(session: Session, claimed: Held, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the evaluation was cancelled or given to somebody else: then stop training."""
    return evaluations.renew(session, claimed.evaluation_id, claimed.attempt, lease_seconds)


def report_progress(session: Session, claimed: Held, rows: Sequence[EpochRow]) -> bool:
    """Store the epochs done so far and say so; False if the evaluation is no longer this attempt's."""
    kept = evaluations.report(session, claimed.evaluation_id, claimed.attempt, [row.to_json() for row in rows])
    if kept:
        events.announce(
            session,
            "evaluation.progressed",
            claimed.run_id,
            benchmark_id=claimed.benchmark_id,
            evaluation_id=claimed.evaluation_id,
            epochs=len(rows),
        )
    return kept


def release(session: Session, owner: str) -> int:
    """Make everything pending again that a process which has ended was training or proving; return how many."""
    return evaluations.release(session, owner) + proofs.release(session, owner)
