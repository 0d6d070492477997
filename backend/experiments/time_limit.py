"""The time limit of a run: when it is over the run stops as if a user had stopped it."""

from sqlalchemy.orm import Session

from backend.store import experiments, runs
from backend.store.runs import RunState
from backend.store.tables import Experiment, Run


def seconds_allowed(experiment: Experiment) -> float | None:
    """Return how long a run of the experiment may go on; None: as long as it takes."""
    # Experiments of before there were time limits say nothing of them.
    minutes: float | None = experiment.configuration["search"].get("time_limit_minutes")
    return None if minutes is None else minutes * 60


def heed_time_limit(session: Session, run: Run) -> None:
    """Let a locked run whose time is over finish its generation, and then end as stopped."""
    if run.state != RunState.RUNNING or not runs.is_overdue(session, run):
        return
    seconds = seconds_allowed(experiments.of_run(session, run))
    assert seconds is not None, "only a time limit gives a deadline"
    runs.change_state(session, run, RunState.STOPPING, f"Stopped by its time limit of {seconds / 60:g} min.")
