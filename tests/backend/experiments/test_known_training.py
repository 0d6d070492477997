from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from backend.experiments.claim import Claimed, Held
from backend.experiments.known_training import KnownTraining, known_training
from backend.experiments.record import record
from backend.problems.result import EvaluationResult, Reason
from backend.store.leases import MOST_ATTEMPTS
from backend.store.tables import Evaluation
from tests.backend.experiments.farm import Farm, order, scored

HERE = {"autolr": "1.2.3", "processor": "one", "vector_instructions": ["avx2", "fma"]}
THERE = {**HERE, "processor": "another"}


def result(score: float = 0.7, numerics: Mapping[str, Any] = HERE) -> EvaluationResult:
    return replace(scored(score), numerics=numerics)


def failed(reason: Reason) -> EvaluationResult:
    return replace(EvaluationResult.failed(reason, "In plain words."), numerics=HERE)


def claimed_again(farm: Farm) -> Claimed:
    """Launch the same run once more and claim its first evaluation."""
    farm.sender.sent.clear()
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    return claimed


def known(farm: Farm, claimed: Claimed, fingerprint: Mapping[str, Any] = HERE) -> KnownTraining | None:
    with farm.database.read() as session:
        return known_training(session, claimed, fingerprint)


def test_an_equal_training_of_another_run_is_known_with_its_whole_result(farm: Farm) -> None:
    before = claimed_again(farm)
    farm.finish(before, result())
    again = claimed_again(farm)
    assert again.run_id != before.run_id
    assert known(farm, again) == KnownTraining(before.evaluation_id, result())


def test_another_training_is_not_known(farm: Farm) -> None:
    farm.finish(claimed_again(farm), result())
    farm.sender.sent.clear()
    farm.launch(order(seed=8))
    other = farm.claim_next()
    assert other is not None
    assert known(farm, other) is None


def test_what_has_not_ended_is_not_known(farm: Farm) -> None:
    claimed_again(farm)
    assert known(farm, claimed_again(farm)) is None


@pytest.mark.parametrize("numerics", [THERE, {**HERE, "autolr": "1.2.2"}, {}])
def test_what_may_have_had_other_bits_is_not_known(farm: Farm, numerics: Mapping[str, Any]) -> None:
    farm.finish(claimed_again(farm), result(numerics=numerics))
    assert known(farm, claimed_again(farm)) is None


def test_a_worker_without_a_fingerprint_knows_nothing(farm: Farm) -> None:
    farm.finish(claimed_again(farm), result(numerics={}))
    assert known(farm, claimed_again(farm), fingerprint={}) is None


@pytest.mark.parametrize("reason", ["nan", "diverged", "cannot_train"])
def test_a_failure_that_the_training_would_end_in_again_is_known(farm: Farm, reason: Reason) -> None:
    before = claimed_again(farm)
    farm.finish(before, failed(reason))
    assert known(farm, claimed_again(farm)) == KnownTraining(before.evaluation_id, failed(reason))


@pytest.mark.parametrize("reason", ["timeout", "lost", "error"])
def test_a_failure_that_says_more_of_the_machine_is_not_known(farm: Farm, reason: Reason) -> None:
    evaluation_id = claimed_again(farm).evaluation_id
    with farm.database.write() as session:
        # The last attempt of a round: it is not tried again.
        row = session.get_one(Evaluation, evaluation_id)
        row.attempt = MOST_ATTEMPTS
        last = Held(row.id, row.run_id, None, MOST_ATTEMPTS)
        session.flush()
        record(session, last, failed(reason))
    with farm.database.read() as session:
        assert session.get_one(Evaluation, evaluation_id).reason == reason
    assert known(farm, claimed_again(farm)) is None


def test_of_several_the_one_of_the_same_numerics_is_known(farm: Farm) -> None:
    farm.finish(claimed_again(farm), result(0.6, THERE))
    here = claimed_again(farm)
    farm.finish(here, result(0.7, HERE))
    assert known(farm, claimed_again(farm)) == KnownTraining(here.evaluation_id, result(0.7, HERE))


def test_what_was_taken_over_points_to_the_training_itself(farm: Farm) -> None:
    # The one that was trained is there no more.
    farm.finish(claimed_again(farm), result(), taken_from=4711)
    assert known(farm, claimed_again(farm)) == KnownTraining(4711, result())
