import pytest
from sqlalchemy import func, select

from backend.experiments.ablation import REPETITIONS, Ablation, ablation, request_ablation
from backend.experiments.control import cancel
from backend.experiments.errors import NotFound, WrongState
from backend.experiments.launch import Launched
from backend.experiments.progress import run_document
from backend.experiments.record import record
from backend.experiments.recover import recover
from backend.problems.result import EvaluationResult
from backend.store import workers
from backend.store.database import Database
from backend.store.tables import Evaluation, Individual
from tests.backend.experiments.farm import Farm, order, rules_order, score_of

MOMENTUM = 1


def request(farm: Farm, individual_id: int = MOMENTUM) -> list[int]:
    """Ask for an ablation and send its evaluations."""
    with farm.database.write() as session:
        new = request_ablation(session, individual_id)
    farm.sender.send(new)
    return new


def standing(farm: Farm, individual_id: int = MOMENTUM) -> Ablation:
    """How far it is."""
    with farm.database.read() as session:
        return ablation(session, session.get_one(Individual, individual_id))


def document(farm: Farm, launched: Launched) -> dict[str, object]:
    """The run, without what only time changes."""
    with farm.database.read() as session:
        found = dict(run_document(session, launched.runs[0].id))
    return {name: value for name, value in found.items() if name not in ("seconds", "seconds_left")}


def count_evaluations(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Evaluation)) or 0


def test_before_anyone_asks_there_is_none(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    assert standing(farm) == Ablation("none", 0, 0, (), ())


def test_each_variant_is_trained_like_the_individual_and_compared_with_it(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    before = count_evaluations(farm.database)
    new = request(farm)
    assert standing(farm).state == "running"
    farm.work()
    found = standing(farm)
    memoryless, never = found.variants
    assert (found.state, found.done, found.total) == ("finished", 2 * REPETITIONS, 2 * REPETITIONS)
    assert memoryless.variant.words == "x not kept from step to step"
    assert memoryless.change == pytest.approx(memoryless.scores[0] - found.own[0])  # type: ignore[operator]
    assert (memoryless.spread, memoryless.reason) == (0, None)
    assert (never.state, never.scores, never.change) == ("finished", (), None)
    assert "nothing would be learned" in (never.reason or "")
    # What the run had trained before, the individual itself among it, was not trained again.
    assert len(new) == count_evaluations(farm.database) - before < found.total


def test_the_spread_is_that_of_the_differences_over_folds_and_seeds(farm: Farm) -> None:
    farm.launch(rules_order(overrides={**rules_order().overrides, "fitness": {"folds": 2}}))
    farm.work()
    request(farm)
    losses = iter([0.0, 0.1, 0.2, 0.3, 0.4, 0.5] * 2)
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, EvaluationResult(0.9 - next(losses), None, None, 0, False, (), 0.1))
    found = standing(farm)
    assert len(found.own) == 2 * REPETITIONS
    differing = found.variants[0]
    assert differing.spread is not None
    assert differing.spread > 0


def test_a_variant_whose_training_fails_says_so_and_has_no_change(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    request(farm)
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        variant = claimed.specification.behaviour_content["x"] is None
        farm.finish(claimed, EvaluationResult.failed("diverged", "It grew.") if variant else score_of(claimed))
    first = standing(farm).variants[0]
    assert (first.change, first.spread) == (None, None)
    assert "of its 3 trainings failed: the loss grew without bound." in (first.reason or "")


def test_a_finished_run_stays_as_it_was(farm: Farm) -> None:
    launched = farm.launch(rules_order())
    farm.work()
    before = document(farm, launched)
    request(farm)
    assert document(farm, launched) == before
    farm.work()
    recover(farm.database, farm.sender)
    assert document(farm, launched) == before


def test_evolution_neither_waits_for_an_ablation_nor_is_changed_by_it(farm: Farm) -> None:
    undisturbed = farm.launch(rules_order())
    farm.work()
    launched = farm.launch(rules_order())
    seed = 1 + 24
    while farm.run(launched).generation == 0:
        farm.train_next()
    new = request(farm, seed)
    held = [evaluation_id for evaluation_id in farm.sender.sent if evaluation_id in new]
    farm.sender.sent = [evaluation_id for evaluation_id in farm.sender.sent if evaluation_id not in new]
    farm.work()
    assert len(held) > 0
    same = ("state", "digest", "best_fitness", "trainings", "trainings_failed", "trainings_saved")
    before, after = document(farm, undisturbed), document(farm, launched)
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    farm.sender.send(held)
    farm.work()
    assert standing(farm, seed).state == "finished"
    assert document(farm, launched) == after


def test_asking_twice_asks_for_nothing_new(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    request(farm)
    total = standing(farm).total
    assert request(farm) == []
    assert standing(farm).total == total


def test_what_a_cancelled_run_took_with_it_is_trained_when_asked_for_again(farm: Farm) -> None:
    launched = farm.launch(rules_order())
    while farm.run(launched).generation == 0:
        farm.train_next()
    request(farm)
    with farm.database.write() as session:
        cancel(session, launched.runs[0].id)
    farm.work()
    assert standing(farm).state == "cancelled"
    assert {variant.change for variant in standing(farm).variants} == {None}
    before = document(farm, launched)
    assert request(farm) != []
    farm.work()
    assert standing(farm).state == "finished"
    assert document(farm, launched) == before


def test_a_training_whose_worker_was_lost_is_sent_again_after_the_run_has_ended(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    request(farm)
    with farm.database.write() as session:
        workers.announce(session, name="w", host="h", pid=1, queue="cpu", problems={}, numerics={})
    held = farm.claim_next()
    assert held is not None
    with farm.database.write() as session:
        session.get_one(Evaluation, held.evaluation_id).lease_expires_at = 1.0
    assert recover(farm.database, farm.sender) == 1
    farm.work()
    assert standing(farm).state == "finished"
    with farm.database.write() as session:
        assert not record(session, held, score_of(held))


@pytest.mark.parametrize(
    ("individual_id", "error"), [(99, NotFound), (1, WrongState)], ids=["of nobody", "of a schedule"]
)
def test_what_cannot_be_taken_apart_is_refused(farm: Farm, individual_id: int, error: type[Exception]) -> None:
    farm.launch(order())
    farm.work()
    with pytest.raises(error), farm.database.write() as session:
        request_ablation(session, individual_id)


def test_what_was_not_trained_is_refused(farm: Farm) -> None:
    farm.launch(rules_order())
    with pytest.raises(WrongState, match="nothing to compare with"), farm.database.write() as session:
        request_ablation(session, MOMENTUM)


def test_what_failed_is_refused(farm: Farm) -> None:
    farm.launch(rules_order())
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, EvaluationResult.failed("nan", "The loss was no number."))
    with pytest.raises(WrongState, match="nothing to compare with"), farm.database.write() as session:
        request_ablation(session, MOMENTUM)
