"""How long trainings took here."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.store.tables import Evaluation

# Enough for a median that one busy moment does not move.
MOST_TIMINGS = 40


@dataclass(frozen=True)
class Timing:
    """One finished training: seconds in all, epochs done, samples trained on in an epoch."""

    seconds: float
    epochs: int
    samples: int


def recent_timings(session: Session, problem: str, optimizer: str) -> list[Timing]:
    """Return the latest successful trainings of a problem by a kind of optimizer, in any run."""
    rows = session.execute(
        select(Evaluation.specification, Evaluation.result)
        .where(
            Evaluation.state == "finished",
            Evaluation.score.is_not(None),
            Evaluation.specification["problem"].as_string() == problem,
            Evaluation.specification["optimizer"].as_string() == optimizer,
        )
        .order_by(Evaluation.id.desc())
        .limit(MOST_TIMINGS)
    )
    return [_timing(specification, result) for specification, result in rows if result and result["epochs"]]


def _timing(specification: dict[str, Any], result: dict[str, Any]) -> Timing:
    samples = specification["parts"]["train"] // specification["folds"]
    return Timing(result["seconds"], len(result["epochs"]), samples)
