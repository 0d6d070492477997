"""Proofs on a real database, done by nobody or at once."""

from backend.experiments.proof_result import ProofResult
from backend.experiments.proving import ClaimedProof, claim_proof, record_proof
from backend.experiments.request_proof import ProofStanding, proofs_of, request_proof
from tests.backend.experiments.farm import Farm

PROVEN = ProofResult("proven", "Proven with PyTorch 2: largest difference 0.", 50, 17, 0.0, 0.0, "PyTorch 2", 1.5)
NOT_PROVEN = ProofResult.failed("there is no PyTorch.")


def request(farm: Farm, format_name: str = "torch", individual_id: int = 1) -> list[int]:
    """Ask for a proof and send it."""
    with farm.database.write() as session:
        new = request_proof(session, individual_id, format_name)
    farm.sender.send_proofs(new)
    return new


def claim_next(farm: Farm, owner: str = "pretended") -> ClaimedProof | None:
    """Take the oldest message of a proof and claim what it names."""
    with farm.database.write() as session:
        return claim_proof(session, farm.sender.sent_proofs.pop(0), owner, 60)


def prove_next(farm: Farm, result: ProofResult = PROVEN) -> None:
    """Answer the oldest proof."""
    claimed = claim_next(farm)
    assert claimed is not None
    with farm.database.write() as session:
        assert record_proof(session, claimed, result)


def standing(farm: Farm, format_name: str = "torch", individual_id: int = 1) -> ProofStanding:
    """How a proof stands."""
    with farm.database.read() as session:
        return next(each for each in proofs_of(session, individual_id) if each.format == format_name)
