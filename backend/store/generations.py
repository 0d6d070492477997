"""Generations: opened with a population, completed with a digest and a summary."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store import events
from backend.store.clock import now
from backend.store.tables import Generation


def open_next(session: Session, run_id: int, number: int) -> Generation:
    """Store a generation that is yet to be evaluated."""
    generation = Generation(run_id=run_id, number=number, created_at=now())
    session.add(generation)
    session.flush()
    return generation


def get_one(session: Session, run_id: int, number: int) -> Generation:
    """Return a generation that is known to exist."""
    return session.scalars(select(Generation).where(Generation.run_id == run_id, Generation.number == number)).one()


def digest_before(session: Session, run_id: int, number: int) -> str | None:
    """Return the digest of the generation before that number, None before the first."""
    return session.scalar(select(Generation.digest).where(Generation.run_id == run_id, Generation.number == number - 1))


def complete(session: Session, generation: Generation, digest: str, summary: dict[str, Any]) -> None:
    """Note that all individuals of the generation are evaluated, and say so."""
    generation.digest = digest
    generation.summary = summary
    generation.completed_at = now()
    events.announce(session, "generation.completed", generation.run_id, generation=generation.number)


def completed(session: Session, run_id: int) -> Sequence[Generation]:
    """Return the run's complete generations in their order."""
    return session.scalars(
        select(Generation)
        .where(Generation.run_id == run_id, Generation.completed_at.is_not(None))
        .order_by(Generation.number)
    ).all()
