import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import design
from backend.experiments.estimate import Estimate, estimate, trainings_most
from backend.experiments.presets import Preset, load_preset
from backend.problems.result import EpochRow, EvaluationResult
from backend.store import workers
from tests.backend.experiments.farm import Farm, order, rules_order


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: the queries below have tests of their own on both."""
    return sqlite_url


def _configuration(**groups: object) -> Configuration:
    return Configuration.model_validate(groups)


def _estimate(farm: Farm, configuration: Configuration, preset: Preset | None = None, runs: int = 1) -> Estimate:
    with farm.database.read() as session:
        return estimate(session, design(configuration), preset, runs)


def _train_one(farm: Farm, seconds: float) -> None:
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    epochs = tuple(EpochRow(number, 1.0, 0.5, 1.0, 0.5, 0.1, 0.1) for number in range(5))
    farm.finish(claimed, EvaluationResult(0.5, None, None, 0, False, epochs, seconds))


def test_the_elite_is_not_trained_again() -> None:
    configuration = _configuration(search={"population_size": 20, "generations": 10, "elitism": 2})
    assert trainings_most(configuration) == 20 + 9 * 18


def test_every_run_and_every_fold_counts() -> None:
    one = _configuration(search={"population_size": 20, "generations": 1})
    folded = _configuration(search={"population_size": 20, "generations": 1}, fitness={"folds": 5})
    assert (trainings_most(one, runs=3), trainings_most(folded)) == (60, 100)


def test_nothing_measured_gives_no_time(farm: Farm) -> None:
    assert _estimate(farm, _configuration(problem="digits")).seconds is None
    assert _estimate(farm, _configuration(problem="digits"), load_preset("quickstart")).seconds is None


def test_a_preset_as_it_is_takes_what_was_measured_for_it(farm: Farm) -> None:
    preset = load_preset("quickstart")
    expected = _estimate(farm, preset.configuration, preset)
    assert expected.seconds == pytest.approx(preset.measured.core_minutes * 60)
    assert "no worker is present" in expected.basis


def test_a_preset_with_twice_the_epochs_takes_twice_as_long(farm: Farm) -> None:
    preset = load_preset("quickstart")
    training = preset.configuration.training
    longer = training.model_copy(update={"epochs": 2 * training.epochs})
    expected = _estimate(farm, preset.configuration.model_copy(update={"training": longer}), preset)
    assert expected.seconds == pytest.approx(2 * preset.measured.core_minutes * 60)


def test_what_was_measured_here_wins_and_is_scaled_to_epochs_and_samples(farm: Farm) -> None:
    _train_one(farm, seconds=5.0)  # 5 epochs of 2800 samples
    configuration = _configuration(
        search={"population_size": 10, "generations": 1, "tournament_size": 2}, training={"epochs": 10, "train": 1400}
    )
    expected = _estimate(farm, configuration, load_preset("quickstart"))
    assert expected.seconds == pytest.approx(55.0)  # ten individuals and the baseline
    assert expected.basis.startswith("5 s a training, from the last 1 of mnist-1d here")


def test_trainings_by_rules_are_timed_apart_and_all_four_baselines_are_counted(farm: Farm) -> None:
    _train_one(farm, seconds=5.0)
    search = {"population_size": 10, "generations": 1, "tournament_size": 2}
    changes = {"evolves": "update_rule", "grammar": "alr-2022", "search": search, "training": {"epochs": 5}}
    assert _estimate(farm, _configuration(**changes)).seconds is None
    farm.sender.sent.clear()
    farm.launch(rules_order())
    claimed = farm.claim_next()
    assert claimed is not None
    epochs = tuple(EpochRow(number, 1.0, 0.5, 1.0, 0.5, None, 0.1) for number in range(5))
    farm.finish(claimed, EvaluationResult(0.5, None, None, 0, False, epochs, seconds=2.0))
    assert _estimate(farm, _configuration(**changes)).seconds == pytest.approx(2.0 * 14)


def test_workers_share_the_work(farm: Farm) -> None:
    preset = load_preset("quickstart")
    alone = _estimate(farm, preset.configuration, preset).seconds
    with farm.database.write() as session:
        for name in ("a", "b"):
            workers.announce(session, name=name, host="box", pid=1, queue="cpu", problems={}, numerics={})
    shared = _estimate(farm, preset.configuration, preset)
    assert alone is not None
    assert shared.seconds == pytest.approx(alone / 2)
    assert "2 workers present" in shared.basis


def test_a_time_limit_is_the_most_that_it_takes(farm: Farm) -> None:
    preset = load_preset("quickstart")
    search = preset.configuration.search.model_copy(update={"time_limit_minutes": 0.5})
    limited = _estimate(farm, preset.configuration.model_copy(update={"search": search}), preset)
    assert limited.seconds == 30
    assert limited.basis.startswith("the time limit")
