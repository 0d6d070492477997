"""Evaluations: pending, claimed for a lease, finished. Each change is one statement that says what it expects."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.tables import Evaluation


class EvaluationState(StrEnum):
    """Where an evaluation is in its life."""

    PENDING = "pending"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


UNDER_WAY = (EvaluationState.PENDING, EvaluationState.RUNNING)


def with_key(session: Session, run_id: int, key: str) -> Evaluation | None:
    """Return the run's evaluation of that key, or None."""
    return session.scalar(select(Evaluation).where(Evaluation.run_id == run_id, Evaluation.key == key))


def add(
    session: Session, *, run_id: int, behaviour_id: int, key: str, fold: int, specification: dict[str, Any]
) -> Evaluation:
    """Store an evaluation that nobody has begun."""
    evaluation = Evaluation(
        run_id=run_id,
        behaviour_id=behaviour_id,
        key=key,
        fold=fold,
        specification=specification,
        state=EvaluationState.PENDING,
        created_at=now(),
        sent_at=now(),
    )
    session.add(evaluation)
    session.flush()
    return evaluation


def get(session: Session, evaluation_id: int) -> Evaluation | None:
    """Return the evaluation, or None."""
    return session.get(Evaluation, evaluation_id)


def claim(session: Session, evaluation_id: int, owner: str, lease_seconds: float) -> Evaluation | None:
    """Take a pending evaluation, or one whose lease ran out; None if it is somebody else's or done."""
    return session.scalars(
        update(Evaluation)
        .where(Evaluation.id == evaluation_id, or_(Evaluation.state == EvaluationState.PENDING, _expired()))
        .values(
            state=EvaluationState.RUNNING,
            owner=owner,
            attempt=Evaluation.attempt + 1,
            lease_expires_at=now() + lease_seconds,
            started_at=now(),
            progress=None,
        )
        .returning(Evaluation),
        execution_options={"populate_existing": True},
    ).one_or_none()


def renew(session: Session, evaluation_id: int, attempt: int, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the evaluation is no longer this attempt's."""
    return _changed(session, _held(evaluation_id, attempt), lease_expires_at=now() + lease_seconds)


def report(session: Session, evaluation_id: int, attempt: int, progress: list[dict[str, Any]]) -> bool:
    """Store the epochs done so far; False if the evaluation is no longer this attempt's."""
    return _changed(session, _held(evaluation_id, attempt), progress=progress)


def finish(
    session: Session,
    evaluation_id: int,
    attempt: int,
    *,
    score: float | None,
    reason: str | None,
    message: str | None,
    result: dict[str, Any],
) -> bool:
    """Store the result; False, and nothing changed, if the evaluation is no longer this attempt's."""
    return _changed(
        session,
        _held(evaluation_id, attempt),
        state=EvaluationState.FINISHED,
        score=score,
        reason=reason,
        message=message,
        result=result,
        progress=None,
        lease_expires_at=0.0,
        finished_at=now(),
    )


def give_back(session: Session, evaluation_id: int, attempt: int) -> bool:
    """Make an attempt's evaluation pending again, to be sent at once."""
    return _changed(session, _held(evaluation_id, attempt), **_PENDING_AGAIN)


def release(session: Session, owner: str) -> int:
    """Make everything pending again that a process which has ended was training; return how many."""
    held = and_(Evaluation.owner == owner, Evaluation.state == EvaluationState.RUNNING)
    return _count_changed(session, held, **_PENDING_AGAIN)


def cancel_all(session: Session, run_id: int) -> int:
    """Cancel what is pending or running of a run; a running training notices when it renews its lease."""
    under_way = and_(Evaluation.run_id == run_id, Evaluation.state.in_(UNDER_WAY))
    return _count_changed(session, under_way, state=EvaluationState.CANCELLED, finished_at=now())


def lost(session: Session) -> Sequence[Evaluation]:
    """Return what was running when its lease ran out."""
    return session.scalars(select(Evaluation).where(_expired()).order_by(Evaluation.id)).all()


def unsent(session: Session, seconds: float) -> Sequence[int]:
    """Return the ids of what has been pending for so long since it was last sent."""
    return session.scalars(
        select(Evaluation.id)
        .where(Evaluation.state == EvaluationState.PENDING, Evaluation.sent_at < now() - seconds)
        .order_by(Evaluation.id)
    ).all()


def mark_sent(session: Session, evaluation_ids: Sequence[int]) -> None:
    """Note that the ids are being sent now."""
    session.execute(update(Evaluation).where(Evaluation.id.in_(evaluation_ids)).values(sent_at=now()))


def count_running(session: Session) -> int:
    """Return how many evaluations are being trained under a valid lease."""
    held = and_(Evaluation.state == EvaluationState.RUNNING, Evaluation.lease_expires_at >= now())
    return session.scalar(select(func.count()).select_from(Evaluation).where(held)) or 0


def count_under_way(session: Session, run_id: int) -> int:
    """Return how many of a run's evaluations are pending or running."""
    under_way = and_(Evaluation.run_id == run_id, Evaluation.state.in_(UNDER_WAY))
    return session.scalar(select(func.count()).select_from(Evaluation).where(under_way)) or 0


def any_message(session: Session, run_id: int) -> str | None:
    """Return what the first failed evaluation of a run says, or None."""
    failed = select(Evaluation.message).where(Evaluation.run_id == run_id, Evaluation.message.is_not(None))
    return session.scalar(failed.order_by(Evaluation.id).limit(1))


_PENDING_AGAIN: dict[str, Any] = {
    "state": EvaluationState.PENDING,
    "owner": None,
    "lease_expires_at": 0.0,
    "sent_at": 0.0,
    "progress": None,
}


def _expired() -> ColumnElement[bool]:
    return and_(Evaluation.state == EvaluationState.RUNNING, Evaluation.lease_expires_at < now())


def _held(evaluation_id: int, attempt: int) -> ColumnElement[bool]:
    """The fence: true only for the attempt that holds the evaluation now."""
    return and_(
        Evaluation.id == evaluation_id,
        Evaluation.attempt == attempt,
        Evaluation.state == EvaluationState.RUNNING,
    )


def _changed(session: Session, condition: ColumnElement[bool], **values: Any) -> bool:
    return _count_changed(session, condition, **values) == 1


def _count_changed(session: Session, condition: ColumnElement[bool], **values: Any) -> int:
    result = session.execute(
        update(Evaluation).where(condition).values(**values), execution_options={"synchronize_session": False}
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
