"""Proofs of exports: one for each individual, format and source; claimed like an evaluation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.store import leases
from backend.store.clock import now
from backend.store.leases import WorkState
from backend.store.tables import Proof


def get_one(session: Session, proof_id: int) -> Proof:
    """Return a proof that is known to exist."""
    return session.get_one(Proof, proof_id)


def of_source(session: Session, individual_id: int, format_name: str, digest: str) -> Proof | None:
    """Return the proof of that very source (the SHA-256 of it), or None."""
    return session.scalar(
        select(Proof).where(
            Proof.individual_id == individual_id, Proof.format == format_name, Proof.source_digest == digest
        )
    )


def add(session: Session, *, individual_id: int, format_name: str, source: str, digest: str) -> Proof:
    """Store a proof that nobody has begun."""
    proof = Proof(
        individual_id=individual_id,
        format=format_name,
        source_digest=digest,
        source=source,
        state=WorkState.PENDING,
        created_at=now(),
        sent_at=now(),
    )
    session.add(proof)
    session.flush()
    return proof


def claim(session: Session, proof_id: int, owner: str, lease_seconds: float) -> Proof | None:
    """Take a pending proof, or one whose lease ran out; None if it is somebody else's or done."""
    return leases.claim(session, Proof, proof_id, owner, lease_seconds)


def renew(session: Session, proof_id: int, attempt: int, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the proof is no longer this attempt's."""
    return leases.renew(session, Proof, proof_id, attempt, lease_seconds)


def finish(session: Session, proof_id: int, attempt: int, result: dict[str, Any]) -> bool:
    """Store the result; False, and nothing changed, if the proof is no longer this attempt's."""
    return leases.change(
        session,
        Proof,
        proof_id,
        attempt,
        state=WorkState.FINISHED,
        result=result,
        lease_expires_at=0.0,
        finished_at=now(),
    )


def give_back(session: Session, proof_id: int, attempt: int) -> bool:
    """Make an attempt's proof pending again, to be sent at once."""
    return leases.give_back(session, Proof, proof_id, attempt)


def release(session: Session, owner: str) -> int:
    """Make everything pending again that a process which has ended was proving; return how many."""
    return leases.release(session, Proof, owner)


def restart(session: Session, proof: Proof) -> None:
    """Make a finished proof pending again."""
    leases.restart(session, Proof, [proof.id], result=None)
    session.refresh(proof)


def lost(session: Session) -> Sequence[Proof]:
    """Return what was running when its lease ran out."""
    return leases.lost(session, Proof)


def unsent(session: Session, seconds: float) -> Sequence[int]:
    """Return the ids of what has been pending for so long since it was last sent."""
    return leases.unsent(session, Proof, seconds)


def mark_sent(session: Session, proof_ids: Sequence[int]) -> None:
    """Note that the ids are being sent now."""
    leases.mark_sent(session, Proof, proof_ids)


def count_running(session: Session) -> int:
    """Return how many proofs are being run under a valid lease."""
    return session.scalar(select(func.count()).select_from(Proof).where(leases.valid(Proof))) or 0
