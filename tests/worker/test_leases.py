from backend.dispatch.recording import RecordingSender
from backend.experiments.launch import Launched
from backend.experiments.proving import ClaimedProof, claim_proof
from backend.experiments.request_proof import proofs_of, request_proof
from backend.store import proofs
from backend.store.database import Database
from tests.worker.evaluations import OWNER, claimed_by, evaluation
from worker.leases import EvaluationLease, Lease, ProofLease


def _claimed_proof(database: Database) -> ClaimedProof:
    with database.write() as session:
        (proof_id,) = request_proof(session, 1, "keras")
        claimed = claim_proof(session, proof_id, OWNER, 60.0)
    assert claimed is not None
    return claimed


def test_both_kinds_of_work_are_held_and_renewed_by_their_newest_attempt_alone(
    database: Database, sender: RecordingSender, run: Launched
) -> None:
    leases: list[Lease] = [
        EvaluationLease(claimed_by(database, run.evaluation_ids[0])),
        ProofLease(_claimed_proof(database)),
    ]
    assert [lease.name for lease in leases] == [f"Evaluation {run.evaluation_ids[0]}", "Proof 1"]
    for lease in leases:
        with database.write() as session:
            assert lease.renew(session, 60.0)
            lease.give_up(session, 3600.0)
            assert not lease.renew(session, 60.0)
    assert evaluation(database, run.evaluation_ids[0]).state == "pending"
    with database.read() as session:
        assert proofs.get_one(session, 1).state == "pending"
        assert next(each.result for each in proofs_of(session, 1)) is None
