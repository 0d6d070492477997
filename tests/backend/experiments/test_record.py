import pytest

from backend.experiments.record import record
from backend.problems.result import EvaluationResult
from backend.store import evaluations
from backend.store.leases import MOST_ATTEMPTS
from tests.backend.experiments.farm import Farm, order, scored


def test_a_result_is_recorded_once_by_the_attempt_that_holds_the_evaluation(farm: Farm) -> None:
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    with farm.database.write() as session:
        assert record(session, claimed, scored(0.7))
        assert not record(session, claimed, scored(0.8))
    with farm.database.read() as session:
        stored = evaluations.get(session, claimed.evaluation_id)
    assert stored is not None
    assert (stored.score, stored.result and stored.result["score"]) == (0.7, 0.7)


def test_a_failure_is_recorded_with_its_reason_and_message(farm: Farm) -> None:
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    with farm.database.write() as session:
        assert record(session, claimed, EvaluationResult.failed("nan", "The loss is not a number."))
        stored = evaluations.get(session, claimed.evaluation_id)
        assert stored is not None
        assert (stored.state, stored.score, stored.reason) == ("finished", None, "nan")
        assert stored.message == "The loss is not a number."


@pytest.mark.parametrize("reason", ["timeout", "lost"])
def test_what_speaks_of_the_machine_is_tried_again_before_it_becomes_a_fitness(farm: Farm, reason: str) -> None:
    launched = farm.launch(order())
    evaluation_id = launched.evaluation_ids[0]
    states = []
    for _ in range(MOST_ATTEMPTS):
        farm.sender.sent = [evaluation_id]
        claimed = farm.claim_next()
        assert claimed is not None
        with farm.database.write() as session:
            record(session, claimed, EvaluationResult.failed(reason, "No progress."))  # type: ignore[arg-type]
            stored = evaluations.get(session, evaluation_id)
            assert stored is not None
            states.append(stored.state)
    assert states == ["pending", "pending", "finished"]
