"""The append-only list of what changed, in the order of commits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.tables import Event

# Any number will do, as long as every process uses the same.
_APPENDING = 4_150_001


def announce(
    session: Session, kind: str, run_id: int | None = None, *, benchmark_id: int | None = None, **payload: Any
) -> None:
    """Announce an event of a run, of a benchmark or of neither; it is written when the transaction ends."""
    session.info.setdefault("announced", []).append(
        {"run_id": run_id, "benchmark_id": benchmark_id, "kind": kind, "payload": payload}
    )


def write_announced(session: Session) -> None:
    """Write the transaction's events; nothing may follow but the commit.

    Readers ask for ids above the last one they saw. An id given early and committed late would be skipped for good, so
    on PostgreSQL a lock is held from here to the commit. It is the last lock a transaction takes: no deadlock.
    """
    announced = session.info.pop("announced", [])
    if not announced:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _APPENDING})
    session.execute(insert(Event).values(created_at=now()), announced)


def after(session: Session, last_id: int, limit: int) -> Sequence[Event]:
    """Return the events that follow `last_id`, oldest first."""
    return session.scalars(select(Event).where(Event.id > last_id).order_by(Event.id).limit(limit)).all()


def newest_id(session: Session) -> int:
    """Return the id of the newest event, 0 if there is none."""
    return session.scalar(select(func.coalesce(func.max(Event.id), 0))) or 0
