from backend.store import individuals, proofs
from backend.store.database import Database
from backend.store.leases import WorkState
from backend.store.tables import Proof, Run


def added(database: Database, run: Run, source: str = "1") -> Proof:
    with database.write() as session:
        known = individuals.of_generation(session, run.id, 0)
        individual = known[0] if known else individuals.add(
            session, run_id=run.id, generation=0, index=0, genotype={}, phenotype="0.1", operator="create",
            parents=(), behaviour_id=None, novelty="new",
        )  # fmt: skip
        return proofs.add(session, individual_id=individual.id, format_name="torch", source=source, digest=source)


def test_a_proof_is_found_by_its_very_source(database: Database, run: Run) -> None:
    first, second = added(database, run, "1"), added(database, run, "2")
    with database.read() as session:
        assert getattr(proofs.of_source(session, first.individual_id, "torch", "1"), "id", None) == first.id
        assert getattr(proofs.of_source(session, first.individual_id, "torch", "2"), "id", None) == second.id
        assert proofs.of_source(session, first.individual_id, "optax", "1") is None
        assert proofs.of_source(session, first.individual_id, "torch", "3") is None


def test_a_result_is_written_once_by_whoever_holds_it(database: Database, run: Run) -> None:
    proof = added(database, run)
    with database.write() as session:
        assert proofs.claim(session, proof.id, "one", 60) is not None
        assert not proofs.finish(session, proof.id, 2, {})
        assert proofs.finish(session, proof.id, 1, {"outcome": "proven"})
        assert not proofs.finish(session, proof.id, 1, {"outcome": "wrong"})
    with database.read() as session:
        stored = proofs.get_one(session, proof.id)
        assert (stored.state, stored.result) == (WorkState.FINISHED, {"outcome": "proven"})
        assert stored.finished_at is not None
