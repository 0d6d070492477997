"""Extend a run: more generations after its end, as if it had been ordered with them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.experiments.configuration import MOST_GENERATIONS
from backend.experiments.errors import FieldError, InvalidOrder, NotFound, WrongState
from backend.experiments.time_limit import seconds_allowed
from backend.store import evaluations, experiments, generations, runs
from backend.store.runs import RunState
from backend.store.tables import Run

_ENDED = (RunState.FINISHED, RunState.STOPPED, RunState.CANCELLED)


def extend(session: Session, run_id: int, more: int) -> Sequence[int]:
    """Let a run that has ended evaluate so many generations more; return the evaluations that have to be sent.

    What was left of a cancelled run's last generation is done first and counts as one of them. A time limit begins
    anew. The run advances only when it is advanced: call that once this is committed.
    """
    run = runs.lock(session, run_id)
    if run is None:
        raise NotFound("run", run_id)
    _check_that_it_can_go_on(run)
    wanted = _complete_generations(session, run) + more
    if wanted > MOST_GENERATIONS:
        detail = f"is {more}: with those that the run has that makes {wanted}, and {MOST_GENERATIONS} are allowed"
        raise InvalidOrder((FieldError("/generations", detail),))
    runs.reopen(session, run, wanted, seconds_allowed(experiments.of_run(session, run)))
    return evaluations.resume_cancelled(session, run.id)


def _check_that_it_can_go_on(run: Run) -> None:
    if runs.is_active(run):
        raise WrongState(f"Run {run.id} cannot be extended: it is {run.state}. Wait for its end, or stop it.")
    if run.state not in _ENDED:
        raise WrongState(
            f"Run {run.id} cannot be extended: it {run.state}, and nothing can be bred from a generation "
            "that no machine could train. Launch one like it."
        )


def _complete_generations(session: Session, run: Run) -> int:
    last = generations.get_one(session, run.id, run.generation)
    return run.generation + (last.completed_at is not None)
