"""Evaluations: pending, claimed for a lease, finished. Each change is one statement that says what it expects."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from backend.store import leases
from backend.store.clock import now
from backend.store.leases import WorkState
from backend.store.requests import ABLATION
from backend.store.tables import Evaluation, Request

# An evaluation is in the same states as all work.
EvaluationState = WorkState
UNDER_WAY = (EvaluationState.PENDING, EvaluationState.RUNNING)


def with_key(session: Session, run_id: int, key: str) -> Evaluation | None:
    """Return the run's evaluation of that key, or None."""
    return session.scalar(select(Evaluation).where(Evaluation.run_id == run_id, Evaluation.key == key))


def add(
    session: Session,
    *,
    behaviour_id: int,
    key: str,
    fold: int,
    specification: dict[str, Any],
    run_id: int | None = None,
    benchmark_id: int | None = None,
) -> Evaluation:
    """Store an evaluation, of a run or of a benchmark, that nobody has begun."""
    evaluation = Evaluation(
        run_id=run_id,
        benchmark_id=benchmark_id,
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


def get_or_add(
    session: Session, *, run_id: int, behaviour_id: int, key: str, fold: int, specification: dict[str, Any]
) -> tuple[Evaluation, bool]:
    """Return the run's evaluation of that key and whether it has to be sent: if it is new, or was cancelled.

    The run must be locked, or two processes may each find none.
    """
    known = with_key(session, run_id, key)
    if known is None:
        added = add(session, run_id=run_id, behaviour_id=behaviour_id, key=key, fold=fold, specification=specification)
        return added, True
    if known.state != EvaluationState.CANCELLED:
        return known, False
    restart(session, known)
    return known, True


def get(session: Session, evaluation_id: int) -> Evaluation | None:
    """Return the evaluation, or None."""
    return session.get(Evaluation, evaluation_id)


def claim(session: Session, evaluation_id: int, owner: str, lease_seconds: float) -> Evaluation | None:
    """Take a pending evaluation, or one whose lease ran out; None if it is somebody else's or done."""
    return leases.claim(session, Evaluation, evaluation_id, owner, lease_seconds, started_at=now(), progress=None)


def renew(session: Session, evaluation_id: int, attempt: int, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the evaluation is no longer this attempt's."""
    return leases.renew(session, Evaluation, evaluation_id, attempt, lease_seconds)


def report(session: Session, evaluation_id: int, attempt: int, progress: list[dict[str, Any]]) -> bool:
    """Store the epochs done so far; False if the evaluation is no longer this attempt's."""
    return leases.change(session, Evaluation, evaluation_id, attempt, progress=progress)


def finish(
    session: Session,
    evaluation_id: int,
    attempt: int,
    *,
    score: float | None,
    reason: str | None,
    message: str | None,
    result: dict[str, Any],
    taken_from: int | None = None,
) -> bool:
    """Store the result; False, and nothing changed, if the evaluation is no longer this attempt's.

    `taken_from` is the evaluation whose result it is, where nothing was trained for it.
    """
    return leases.change(
        session,
        Evaluation,
        evaluation_id,
        attempt,
        state=EvaluationState.FINISHED,
        score=score,
        reason=reason,
        message=message,
        result=result,
        taken_from=taken_from,
        progress=None,
        lease_expires_at=0.0,
        finished_at=now(),
    )


def finished_with_key(session: Session, key: str, reasons: Collection[str]) -> Sequence[Evaluation]:
    """Return what was finished with that key in any run or benchmark, with a score or for one of the reasons.

    Those that were trained come first, the oldest first of all.
    """
    ended = or_(Evaluation.score.is_not(None), Evaluation.reason.in_(reasons))
    same = select(Evaluation).where(Evaluation.key == key, Evaluation.state == EvaluationState.FINISHED, ended)
    return session.scalars(same.order_by(Evaluation.taken_from.is_not(None), Evaluation.id)).all()


def give_back(session: Session, evaluation_id: int, attempt: int) -> bool:
    """Make an attempt's evaluation pending again, to be sent at once."""
    return leases.give_back(session, Evaluation, evaluation_id, attempt, progress=None)


def release(session: Session, owner: str) -> int:
    """Make everything pending again that a process which has ended was training; return how many."""
    return leases.release(session, Evaluation, owner, progress=None)


def restart(session: Session, evaluation: Evaluation) -> None:
    """Make a cancelled evaluation pending again."""
    leases.restart(session, Evaluation, [evaluation.id], started_at=None, progress=None)
    session.refresh(evaluation)


def resume_cancelled(session: Session, run_id: int) -> Sequence[int]:
    """Make the run's cancelled evaluations pending again, but for those of ablations; return their ids."""
    wanted = exists().where(Request.evaluation_id == Evaluation.id, Request.purpose != ABLATION)
    cancelled = select(Evaluation.id).where(
        Evaluation.run_id == run_id, Evaluation.state == EvaluationState.CANCELLED, wanted
    )
    ids = session.scalars(cancelled.order_by(Evaluation.id)).all()
    leases.restart(session, Evaluation, ids, started_at=None, progress=None)
    return ids


def cancel_all(session: Session, run_id: int) -> int:
    """Cancel what is pending or running of a run; a running training notices when it renews its lease."""
    under_way = and_(Evaluation.run_id == run_id, Evaluation.state.in_(UNDER_WAY))
    return leases.change_where(session, Evaluation, under_way, state=EvaluationState.CANCELLED, finished_at=now())


def lost(session: Session) -> Sequence[Evaluation]:
    """Return what was running when its lease ran out."""
    return leases.lost(session, Evaluation)


def unsent(session: Session, seconds: float) -> Sequence[int]:
    """Return the ids of what has been pending for so long since it was last sent."""
    return leases.unsent(session, Evaluation, seconds)


def mark_sent(session: Session, evaluation_ids: Sequence[int]) -> None:
    """Note that the ids are being sent now."""
    leases.mark_sent(session, Evaluation, evaluation_ids)


def count_running(session: Session) -> int:
    """Return how many evaluations are being trained under a valid lease."""
    return session.scalar(select(func.count()).select_from(Evaluation).where(leases.valid(Evaluation))) or 0


def count_under_way(session: Session, run_id: int) -> int:
    """Return how many of a run's evaluations are pending or running, those left out that only ablations want."""
    under_way = and_(Evaluation.run_id == run_id, Evaluation.state.in_(UNDER_WAY))
    wanted = exists().where(Request.evaluation_id == Evaluation.id)
    needed = or_(~wanted.where(Request.purpose == ABLATION), wanted.where(Request.purpose != ABLATION))
    return session.scalar(select(func.count()).select_from(Evaluation).where(under_way, needed)) or 0


def any_message(session: Session, run_id: int) -> str | None:
    """Return what the first failed evaluation of a run says, or None."""
    failed = select(Evaluation.message).where(Evaluation.run_id == run_id, Evaluation.message.is_not(None))
    return session.scalar(failed.order_by(Evaluation.id).limit(1))
