"""What all work has in common, held on proofs; test_evaluations.py holds evaluations to the same."""

import pytest

from backend.store import individuals, leases, proofs
from backend.store.database import Database
from backend.store.leases import WorkState
from backend.store.tables import Proof, Run


@pytest.fixture
def proof(database: Database, run: Run) -> Proof:
    """A proof that nobody has begun."""
    with database.write() as session:
        individual = individuals.add(
            session, run_id=run.id, generation=0, index=0, genotype={}, phenotype="0.1", operator="create",
            parents=(), behaviour_id=None, novelty="new",
        )  # fmt: skip
        return proofs.add(session, individual_id=individual.id, format_name="torch", source="1", digest="d")


def test_whoever_claims_holds_it_until_the_lease_is_over(database: Database, proof: Proof) -> None:
    with database.write() as session:
        claimed = leases.claim(session, Proof, proof.id, "one", 60)
        assert claimed is not None
        assert (claimed.state, claimed.owner, claimed.attempt) == (WorkState.RUNNING, "one", 1)
        assert leases.claim(session, Proof, proof.id, "other", 60) is None
        assert leases.renew(session, Proof, proof.id, 1, -1)
        assert [each.id for each in leases.lost(session, Proof)] == [proof.id]
        assert leases.claim(session, Proof, proof.id, "other", 60) is not None
        assert not leases.renew(session, Proof, proof.id, 1, 60)


def test_what_is_given_back_is_pending_and_sent_at_once(database: Database, proof: Proof) -> None:
    with database.write() as session:
        assert leases.unsent(session, Proof, 5) == []
        leases.claim(session, Proof, proof.id, "one", 60)
        assert leases.give_back(session, Proof, proof.id, 1)
        assert leases.unsent(session, Proof, 5) == [proof.id]
        leases.mark_sent(session, Proof, [proof.id])
        assert leases.unsent(session, Proof, 5) == []


def test_an_owner_that_has_ended_releases_its_own_alone(database: Database, proof: Proof) -> None:
    with database.write() as session:
        leases.claim(session, Proof, proof.id, "one", 60)
        assert leases.release(session, Proof, "other") == 0
        assert leases.release(session, Proof, "one") == 1


def test_only_what_is_done_is_restarted_and_the_attempt_before_may_not_write(database: Database, proof: Proof) -> None:
    with database.write() as session:
        claimed = proofs.claim(session, proof.id, "one", 60)
        assert claimed is not None
        proofs.restart(session, claimed)
        assert (claimed.state, proofs.count_running(session)) == (WorkState.RUNNING, 1)
        assert proofs.finish(session, proof.id, 1, {"outcome": "not_proven"})
        session.refresh(claimed)
        proofs.restart(session, claimed)
        assert (claimed.state, claimed.attempt, claimed.result) == (WorkState.PENDING, leases.MOST_ATTEMPTS, None)
        assert proofs.claim(session, proof.id, "two", 60) is not None
        assert not proofs.finish(session, proof.id, 1, {"outcome": "not_proven"})
