"""Find the training that a claimed evaluation would repeat bit for bit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.experiments.claim import Claimed
from backend.problems.result import EvaluationResult
from backend.store import evaluations

# Failures that are the training's own: it would end in them again. Others say more of the machine than of the training.
REPRODUCIBLE = ("nan", "diverged", "cannot_train")


@dataclass(frozen=True)
class KnownTraining:
    """What an evaluation from before came to; that one was trained, and took nothing over itself."""

    evaluation_id: int
    result: EvaluationResult


def known_training(session: Session, claimed: Claimed, fingerprint: Mapping[str, Any]) -> KnownTraining | None:
    """Return the training of the same key, in any run or benchmark, under the same numerics; None if there is none.

    `fingerprint` is that of the worker that claimed. The key is worked out anew: an older version of the program may
    have stored the evaluation under another one.
    """
    for row in evaluations.finished_with_key(session, claimed.specification.key, REPRODUCIBLE):
        numerics = row.result.get("numerics") if row.result else None
        # A result without a fingerprint promises nothing.
        if row.result and numerics and numerics == dict(fingerprint):
            return KnownTraining(row.taken_from or row.id, EvaluationResult.from_json(row.result))
    return None
