import pytest

from backend.problems.result import EpochRow, EvaluationResult
from backend.store.database import Database
from backend.store.timings import Timing, recent_timings
from tests.backend.experiments.farm import Farm, order


@pytest.fixture
def farm(database: Database) -> Farm:
    """Pretended workers."""
    return Farm(database)


def _result(seconds: float) -> EvaluationResult:
    epochs = tuple(EpochRow(number, 1.0, 0.5, 1.0, 0.5, 0.1, 0.1) for number in range(5))
    return EvaluationResult(0.5, None, None, best_epoch=0, stopped_early=False, epochs=epochs, seconds=seconds)


def test_successful_trainings_of_the_problem_are_timed_the_latest_first(farm: Farm) -> None:
    farm.launch(order())
    for result in (_result(1.0), EvaluationResult.failed("nan", "No number."), _result(3.0)):
        claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, result)
    with farm.database.read() as session:
        assert recent_timings(session, "mnist-1d", "sgd") == [Timing(3.0, 5, 2800), Timing(1.0, 5, 2800)]
        assert recent_timings(session, "digits", "sgd") == []
        assert recent_timings(session, "mnist-1d", "rule") == []


def test_a_fold_is_a_part_of_the_training_samples(farm: Farm) -> None:
    overrides = {"fitness": {"folds": 5}, "search": {"population_size": 3}}
    farm.launch(order(overrides=overrides))
    claimed = farm.claim_next()
    assert claimed is not None
    farm.finish(claimed, _result(1.0))
    with farm.database.read() as session:
        assert recent_timings(session, "mnist-1d", "sgd") == [Timing(1.0, 5, 560)]
