"""Runs: their state and how far they are. Who changes a run locks its row first."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store import events
from backend.store.clock import now
from backend.store.tables import Run


class RunState(StrEnum):
    """What a run is doing."""

    RUNNING = "running"
    STOPPING = "stopping"  # it ends when the present generation is evaluated
    FINISHED = "finished"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    FAILED = "failed"


ACTIVE = (RunState.RUNNING, RunState.STOPPING)


def is_active(run: Run) -> bool:
    """Whether the run still has something to do."""
    return run.state in ACTIVE


def add(
    session: Session, *, experiment_id: int, index: int, seed: int, generations: int, seconds: float | None = None
) -> Run:
    """Store a run that has just begun, and is to stop after so many seconds if they are given."""
    run = Run(
        experiment_id=experiment_id,
        index=index,
        seed=seed,
        state=RunState.RUNNING,
        generation=0,
        generations=generations,
        created_at=now(),
        deadline=_in_seconds(seconds),
    )
    session.add(run)
    session.flush()
    events.announce(session, "run.created", run.id, experiment_id=experiment_id)
    return run


def get(session: Session, run_id: int) -> Run | None:
    """Return the run, or None."""
    return session.get(Run, run_id)


def lock(session: Session, run_id: int) -> Run | None:
    """Return the run as it is now, and keep everyone else from changing it until the transaction ends."""
    return session.get(Run, run_id, with_for_update=True, populate_existing=True)


def of_experiment(session: Session, experiment_id: int) -> Sequence[Run]:
    """Return the experiment's runs in their order."""
    return session.scalars(select(Run).where(Run.experiment_id == experiment_id).order_by(Run.index)).all()


def active_ids(session: Session) -> Sequence[int]:
    """Return the ids of the runs that still have something to do, oldest first."""
    return session.scalars(select(Run.id).where(Run.state.in_(ACTIVE)).order_by(Run.id)).all()


def is_overdue(session: Session, run: Run) -> bool:
    """Whether the run's time limit is over."""
    overdue = select(Run.id).where(Run.id == run.id, Run.deadline < now())
    return session.scalar(overdue) is not None


def reopen(session: Session, run: Run, generations: int, seconds: float | None) -> None:
    """Let a locked run that has ended go on to so many generations, for so long if that is given."""
    run.generations = generations
    run.finished_at = None
    run.deadline = _in_seconds(seconds)
    change_state(session, run, RunState.RUNNING)


def change_state(session: Session, run: Run, state: RunState, message: str | None = None) -> None:
    """Give a locked run a new state, and say so."""
    run.state = state
    run.message = message
    if not is_active(run):
        run.finished_at = now()
    events.announce(session, "run.state_changed", run.id, state=str(state))


def _in_seconds(seconds: float | None) -> Any:
    """Return the moment that is so many seconds from now by the database's clock."""
    return None if seconds is None else now() + seconds
