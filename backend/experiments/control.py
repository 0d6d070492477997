"""What a user may do to a run: stop it after the present generation, or cancel it at once."""

from sqlalchemy.orm import Session

from backend.experiments.errors import NotFound, WrongState
from backend.store import evaluations, runs
from backend.store.runs import RunState
from backend.store.tables import Run


def stop(session: Session, run_id: int) -> Run:
    """Let the run finish the generation that is being evaluated, then end it as stopped."""
    run = _active(session, run_id, "stopped")
    if run.state == RunState.RUNNING:
        runs.change_state(session, run, RunState.STOPPING)
    return run


def cancel(session: Session, run_id: int) -> Run:
    """End the run now; what is being trained is given up, what was found is kept."""
    run = _active(session, run_id, "cancelled")
    evaluations.cancel_all(session, run.id)
    runs.change_state(session, run, RunState.CANCELLED)
    return run


def _active(session: Session, run_id: int, wish: str) -> Run:
    run = runs.lock(session, run_id)
    if run is None:
        raise NotFound("run", run_id)
    if not runs.is_active(run):
        raise WrongState(f"Run {run_id} cannot be {wish}: it is {run.state} already.")
    return run
