from sqlalchemy import update

from backend.experiments.claim import release
from backend.experiments.proving import give_proof_back, record_proof, renew_proof
from backend.experiments.recover import recover
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.update_rule import UpdateRule
from backend.store import workers
from backend.store.tables import Proof
from tests.backend.experiments.farm import Farm, order, rules_order
from tests.backend.experiments.proofs import PROVEN, claim_next, request, standing


def expire_leases(farm: Farm) -> None:
    with farm.database.write() as session:
        session.execute(update(Proof).values(lease_expires_at=1.0))


def test_a_claimed_proof_has_all_that_it_takes(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm, "keras")
    claimed = claim_next(farm)
    assert claimed is not None
    assert (claimed.format, claimed.epochs) == ("keras", 5)
    assert isinstance(claimed.phenotype, UpdateRule)
    assert "class EvolvedOptimizer" in claimed.source


def test_schedules_are_claimed_as_what_they_are(farm: Farm) -> None:
    farm.launch(order())
    request(farm, "keras")
    claimed = claim_next(farm)
    assert claimed is not None
    assert isinstance(claimed.phenotype, Schedule)


def test_a_proof_in_the_hands_of_a_worker_is_nobody_elses(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    farm.sender.sent_proofs *= 2
    claimed = claim_next(farm)
    assert claimed is not None
    assert claim_next(farm) is None
    with farm.database.write() as session:
        assert renew_proof(session, claimed, 60)


def test_only_the_newest_attempt_may_write(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    farm.sender.sent_proofs *= 2
    first = claim_next(farm)
    expire_leases(farm)
    second = claim_next(farm, "another")
    assert first is not None
    assert second is not None
    with farm.database.write() as session:
        assert not renew_proof(session, first, 60)
        assert not record_proof(session, first, PROVEN)
        assert record_proof(session, second, PROVEN)


def test_a_lost_proof_is_sent_again_and_the_third_time_given_up_with_the_reason(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    for attempt in (1, 2, 3):
        claimed = claim_next(farm)
        assert claimed is not None
        assert claimed.attempt == attempt
        expire_leases(farm)
        recover(farm.database, farm.sender)
    result = standing(farm).result
    assert farm.sender.sent_proofs == []
    assert result is not None
    assert result.text == "Not proven here: the worker pretended was lost while it ran, as were 2 before it."


def test_a_lost_message_is_sent_again_when_a_worker_idles(farm: Farm) -> None:
    farm.launch(rules_order())
    new = request(farm)
    farm.sender.sent_proofs.clear()
    farm.sender.sent.clear()  # while anything waits in the queue, nothing counts as lost
    with farm.database.write() as session:
        workers.announce(session, name="w", host="h", pid=1, queue="cpu", problems={}, numerics={})
        session.execute(update(Proof).values(sent_at=Proof.sent_at - 60))
    recover(farm.database, farm.sender)
    assert farm.sender.sent_proofs == new


def test_what_an_ended_process_was_proving_is_pending_again(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    assert claim_next(farm, "slot") is not None
    with farm.database.write() as session:
        assert release(session, "slot") == 1
    assert getattr(standing(farm).proof, "state", None) == "pending"


def test_a_proof_that_hangs_is_given_back_twice(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    for _ in range(3):
        claimed = claim_next(farm)
        assert claimed is not None
        with farm.database.write() as session:
            give_proof_back(session, claimed, "it hangs.")
        recover(farm.database, farm.sender)
    result = standing(farm).result
    assert result is not None
    assert result.text == "Not proven here: it hangs."
