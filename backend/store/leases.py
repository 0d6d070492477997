"""Work that one worker at a time holds for a lease: pending, claimed, given back. What is common to all kinds of it.

Each change is one statement that says what it expects, so that any number of processes may try at once.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.tables import Evaluation, Proof

Work = TypeVar("Work", Evaluation, Proof)

# Work that was lost or made no progress may have met a bad machine; the third time it is its own fault.
MOST_ATTEMPTS = 3


class WorkState(StrEnum):
    """Where a piece of work is in its life."""

    PENDING = "pending"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


_PENDING_AGAIN: dict[str, Any] = {
    "state": WorkState.PENDING,
    "owner": None,
    "lease_expires_at": 0.0,
    "sent_at": 0.0,
}


def claim(
    session: Session, table: type[Work], row_id: int, owner: str, lease_seconds: float, **values: Any
) -> Work | None:
    """Take a pending row, or one whose lease ran out, setting further values; None if it is somebody else's or done."""
    return session.scalars(
        update(table)
        .where(table.id == row_id, or_(table.state == WorkState.PENDING, expired(table)))
        .values(
            state=WorkState.RUNNING,
            owner=owner,
            attempt=table.attempt + 1,
            lease_expires_at=now() + lease_seconds,
            **values,
        )
        .returning(table),
        execution_options={"populate_existing": True},
    ).one_or_none()


def renew(session: Session, table: type[Work], row_id: int, attempt: int, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the row is no longer this attempt's."""
    return change(session, table, row_id, attempt, lease_expires_at=now() + lease_seconds)


def change(session: Session, table: type[Work], row_id: int, attempt: int, **values: Any) -> bool:
    """Set values of a row in the hands of an attempt; False, and nothing changed, if it is no longer that attempt's."""
    held = and_(table.id == row_id, table.attempt == attempt, table.state == WorkState.RUNNING)
    return change_where(session, table, held, **values) == 1


def give_back(session: Session, table: type[Work], row_id: int, attempt: int, **values: Any) -> bool:
    """Make an attempt's row pending again, to be sent at once."""
    return change(session, table, row_id, attempt, **_PENDING_AGAIN, **values)


def release(session: Session, table: type[Work], owner: str, **values: Any) -> int:
    """Make everything pending again that a process which has ended was working on; return how many."""
    held = and_(table.owner == owner, table.state == WorkState.RUNNING)
    return change_where(session, table, held, **_PENDING_AGAIN, **values)


def may_try_again(attempt: int) -> bool:
    """Whether work that this attempt lost is tried again: unless it was the last of a round."""
    return attempt % MOST_ATTEMPTS != 0


def restart(session: Session, table: type[Work], ids: Sequence[int], **values: Any) -> None:
    """Make rows pending again that are done, with a whole round of attempts before them.

    Attempts count on from the end of the round before: whoever still holds a cancelled one may not write.
    """
    done = and_(table.id.in_(ids), table.state.in_((WorkState.FINISHED, WorkState.CANCELLED)))
    rounds_end = (table.attempt + (MOST_ATTEMPTS - 1)) // MOST_ATTEMPTS * MOST_ATTEMPTS
    again = {**_PENDING_AGAIN, "sent_at": now(), "finished_at": None, "attempt": rounds_end}
    change_where(session, table, done, **again, **values)


def lost(session: Session, table: type[Work]) -> Sequence[Work]:
    """Return what was running when its lease ran out."""
    return session.scalars(select(table).where(expired(table)).order_by(table.id)).all()


def unsent(session: Session, table: type[Work], seconds: float) -> Sequence[int]:
    """Return the ids of what has been pending for so long since it was last sent."""
    waiting = and_(table.state == WorkState.PENDING, table.sent_at < now() - seconds)
    return session.scalars(select(table.id).where(waiting).order_by(table.id)).all()


def mark_sent(session: Session, table: type[Work], ids: Sequence[int]) -> None:
    """Note that the ids are being sent now."""
    session.execute(update(table).where(table.id.in_(ids)).values(sent_at=now()))


def expired(table: type[Work]) -> ColumnElement[bool]:
    """The condition of a row that is running though its lease is over."""
    return and_(table.state == WorkState.RUNNING, table.lease_expires_at < now())


def valid(table: type[Work]) -> ColumnElement[bool]:
    """The condition of a row that is running under a lease."""
    return and_(table.state == WorkState.RUNNING, table.lease_expires_at >= now())


def change_where(session: Session, table: type[Work], condition: ColumnElement[bool], **values: Any) -> int:
    """Set values of all rows of that condition; return how many there were."""
    result = session.execute(
        update(table).where(condition).values(**values), execution_options={"synchronize_session": False}
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
