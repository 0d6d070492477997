"""Claim a proof, keep it, record what came of it, recover it: what a worker and the reconciler do with one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.design import design_of
from backend.experiments.proof_result import ProofResult
from backend.expressions.errors import ExpressionError
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.update_rule import UpdateRule
from backend.store import events, individuals, lists, proofs
from backend.store.leases import may_try_again
from backend.store.tables import Proof


@dataclass(frozen=True)
class HeldProof:
    """A proof in the hands of a worker. `attempt` is the fence: only the newest attempt may write."""

    proof_id: int
    attempt: int


@dataclass(frozen=True)
class ClaimedProof(HeldProof):
    """A held proof with all that it takes: the source, what it must compute, and for how many epochs it was evolved."""

    format: str
    source: str
    phenotype: Schedule | UpdateRule
    epochs: int


def claim_proof(session: Session, proof_id: int, owner: str, lease_seconds: float) -> ClaimedProof | None:
    """Take the proof for so long; None if it is done or somebody else's: then drop the message.

    One of what this version of the program cannot read, or has no proof for, is answered at once.
    """
    row = proofs.claim(session, proof_id, owner, lease_seconds)
    if row is None:
        return None
    held = HeldProof(row.id, row.attempt)
    individual = individuals.get(session, row.individual_id)
    found = lists.run_in_experiment(session, individual.run_id) if individual else None
    assert individual, "a foreign key holds a proof to its individual"
    assert found, "a foreign key holds an individual to its run"
    design = design_of(found.experiment)
    try:
        phenotype = design.evolved.read(individual.phenotype)
    except ExpressionError as error:
        record_proof(session, held, ProofResult.failed(f"this version of AutoLR cannot read the individual: {error}"))
        return None
    if not isinstance(phenotype, Schedule | UpdateRule):
        record_proof(
            session, held, ProofResult.failed("what a schedule program computes depends on the training that it is in.")
        )
        return None
    _announce(session, row)
    return ClaimedProof(row.id, row.attempt, row.format, row.source, phenotype, design.configuration.training.epochs)


def renew_proof(session: Session, held: HeldProof, lease_seconds: float) -> bool:
    """Lengthen the lease; False if the proof was given to somebody else: then stop."""
    return proofs.renew(session, held.proof_id, held.attempt, lease_seconds)


def record_proof(session: Session, held: HeldProof, result: ProofResult) -> bool:
    """Store the result; False, and nothing changed, if the proof is no longer this attempt's."""
    recorded = proofs.finish(session, held.proof_id, held.attempt, result.to_json())
    if recorded:
        _announce(session, proofs.get_one(session, held.proof_id))
    return recorded


def give_proof_back(session: Session, held: HeldProof, reason: str) -> bool:
    """Make the proof pending again, to be sent at once; the third time the reason is its result."""
    if may_try_again(held.attempt):
        return proofs.give_back(session, held.proof_id, held.attempt)
    return record_proof(session, held, ProofResult.failed(reason))


def recover_proofs(session: Session, patience: float) -> list[int]:
    """Give back what was lost; return the ids of what has waited for so many seconds and is to be sent."""
    for proof in proofs.lost(session):
        reason = f"the worker {proof.owner} was lost while it ran, as were {proof.attempt - 1} before it."
        give_proof_back(session, HeldProof(proof.id, proof.attempt), reason)
    due = proofs.unsent(session, patience)
    proofs.mark_sent(session, due)
    return list(due)


def _announce(session: Session, proof: Proof) -> None:
    individual = individuals.get(session, proof.individual_id)
    run_id = individual.run_id if individual else None
    events.announce(session, "proof.changed", run_id, individual_id=proof.individual_id, format=proof.format)
