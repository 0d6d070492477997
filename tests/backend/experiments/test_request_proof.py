import pytest

from backend.experiments.errors import NotFound
from backend.experiments.request_proof import request_proof
from backend.export.formats import NotExportable
from backend.store import events
from tests.backend.experiments.farm import Farm, order, rules_order
from tests.backend.experiments.proofs import NOT_PROVEN, PROVEN, prove_next, request, standing


def test_nothing_is_proven_before_anyone_asks(farm: Farm) -> None:
    farm.launch(rules_order())
    assert (standing(farm).proof, standing(farm).result) == (None, None)


def test_a_proof_that_was_asked_for_waits_for_a_worker_and_keeps_its_answer(farm: Farm) -> None:
    farm.launch(rules_order())
    assert request(farm) == farm.sender.sent_proofs
    assert getattr(standing(farm).proof, "state", None) == "pending"
    prove_next(farm)
    assert getattr(standing(farm).proof, "state", None) == "finished"
    assert standing(farm).result == PROVEN
    assert standing(farm, "optax").proof is None


def test_asking_again_asks_for_nothing_new(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    assert request(farm) == []
    prove_next(farm)
    assert request(farm) == []


def test_what_could_not_be_proven_is_tried_again(farm: Farm) -> None:
    farm.launch(rules_order())
    first = request(farm)
    prove_next(farm, NOT_PROVEN)
    assert request(farm) == first
    assert standing(farm).result is None
    prove_next(farm)
    assert standing(farm).result == PROVEN


def test_a_proof_outlives_that_the_fitness_becomes_known(farm: Farm) -> None:
    farm.launch(rules_order())
    request(farm)
    prove_next(farm)
    farm.work()
    assert standing(farm).result == PROVEN


def test_whoever_looks_on_is_told_of_each_change(farm: Farm) -> None:
    launched = farm.launch(rules_order())
    request(farm)
    prove_next(farm)
    with farm.database.read() as session:
        told = [event for event in events.after(session, 0, 1000) if event.kind == "proof.changed"]
    assert [event.run_id for event in told] == [launched.runs[0].id] * 3
    assert told[0].payload == {"individual_id": 1, "format": "torch"}


def test_what_has_no_form_or_does_not_exist_is_refused(farm: Farm) -> None:
    farm.launch(order())
    with pytest.raises(NotExportable), farm.database.write() as session:
        request_proof(session, 1, "torch")
    with pytest.raises(NotFound, match="no individual 99"), farm.database.write() as session:
        request_proof(session, 99, "keras")
