"""Experiments: added once, never changed."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.tables import Experiment, Run


def add(
    session: Session,
    *,
    name: str,
    preset: str | None,
    configuration: dict[str, Any],
    grammar_text: str,
    seed: int,
    idempotency_key: str | None,
    origin: dict[str, Any] | None = None,
) -> Experiment:
    """Store an experiment and return it with its id."""
    experiment = Experiment(
        name=name,
        preset=preset,
        configuration=configuration,
        grammar_text=grammar_text,
        seed=seed,
        idempotency_key=idempotency_key,
        created_at=now(),
        origin=origin,
    )
    session.add(experiment)
    session.flush()
    return experiment


def get(session: Session, experiment_id: int) -> Experiment | None:
    """Return the experiment, or None."""
    return session.get(Experiment, experiment_id)


def of_run(session: Session, run: Run) -> Experiment:
    """Return the experiment that a run belongs to."""
    return session.get_one(Experiment, run.experiment_id)


def with_idempotency_key(session: Session, key: str) -> Experiment | None:
    """Return the experiment that was ordered with this key, or None."""
    return session.scalar(select(Experiment).where(Experiment.idempotency_key == key))


def count(session: Session) -> int:
    """Return how many experiments there are."""
    return session.scalar(select(func.count()).select_from(Experiment)) or 0
