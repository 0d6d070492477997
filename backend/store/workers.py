"""Workers: each slot announces itself again and again; silence means that it is gone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.store import events
from backend.store.clock import now
from backend.store.tables import Worker

# A slot announces itself every few seconds, also while it trains.
SILENCE_SECONDS = 20.0


def announce(
    session: Session,
    *,
    name: str,
    host: str,
    pid: int,
    queue: str,
    problems: dict[str, str | None],
    numerics: dict[str, Any],
) -> None:
    """Say that the worker slot is alive, which problems it can load (null) and why not the others."""
    known = session.get(Worker, name)
    values = {
        "host": host,
        "pid": pid,
        "queue": queue,
        "problems": problems,
        "numerics": numerics,
        "seen_at": now(),
    }
    if known is None:
        session.add(Worker(name=name, started_at=now(), **values))
        events.announce(session, "worker.changed", name=name, alive=True)
        return
    for column, value in values.items():
        setattr(known, column, value)


def leave(session: Session, name: str) -> None:
    """Forget a worker slot that has ended."""
    session.execute(delete(Worker).where(Worker.name == name))
    events.announce(session, "worker.changed", name=name, alive=False)


def alive(session: Session) -> Sequence[Worker]:
    """Return the slots that were heard of lately, by name."""
    return session.scalars(select(Worker).where(Worker.seen_at >= now() - SILENCE_SECONDS).order_by(Worker.name)).all()


def count_alive(session: Session) -> int:
    """Return how many slots were heard of lately."""
    return (
        session.scalar(select(func.count()).select_from(Worker).where(Worker.seen_at >= now() - SILENCE_SECONDS)) or 0
    )
