"""What a worker slot holds for a lease: an evaluation or a proof, as the heartbeat keeps it."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from backend.experiments.claim import Claimed, renew
from backend.experiments.proving import ClaimedProof, give_proof_back, renew_proof
from backend.experiments.record import record
from backend.problems.result import EvaluationResult


class Lease(Protocol):
    """Claimed work."""

    @property
    def name(self) -> str:
        """What it is, for the log."""

    def renew(self, session: Session, seconds: float) -> bool:
        """Lengthen the lease; False if nobody wants the work from here any more."""

    def give_up(self, session: Session, seconds: float) -> None:
        """Give back what made no progress for so long, or end it with that if it has happened too often."""


@dataclass(frozen=True)
class EvaluationLease:
    """The lease on an evaluation."""

    claimed: Claimed

    @property
    def name(self) -> str:
        """What it is, for the log."""
        return f"Evaluation {self.claimed.evaluation_id}"

    def renew(self, session: Session, seconds: float) -> bool:
        """Lengthen the lease; False if the evaluation was cancelled or given to somebody else."""
        return renew(session, self.claimed, seconds)

    def give_up(self, session: Session, seconds: float) -> None:
        """End the attempt with the reason "timeout"."""
        message = f"The training made no progress for {seconds:g} seconds."
        record(session, self.claimed, EvaluationResult.failed("timeout", message))


@dataclass(frozen=True)
class ProofLease:
    """The lease on a proof."""

    claimed: ClaimedProof

    @property
    def name(self) -> str:
        """What it is, for the log."""
        return f"Proof {self.claimed.proof_id}"

    def renew(self, session: Session, seconds: float) -> bool:
        """Lengthen the lease; False if the proof was given to somebody else."""
        return renew_proof(session, self.claimed, seconds)

    def give_up(self, session: Session, seconds: float) -> None:
        """End the attempt."""
        give_proof_back(session, self.claimed, f"it made no progress for {seconds:g} seconds.")
