import pytest
from sqlalchemy.exc import IntegrityError

from backend.store import experiments, runs
from backend.store.database import Database
from backend.store.tables import Experiment, Run


def added(database: Database, key: str | None = None) -> Experiment:
    with database.write() as session:
        return experiments.add(
            session, name="e", preset=None, configuration={}, grammar_text="", seed=1, idempotency_key=key
        )


def test_an_experiment_is_found_by_its_number_its_run_and_its_key(database: Database, run: Run) -> None:
    experiment = added(database, "key")
    with database.read() as session:
        assert experiments.get(session, experiment.id) is not None
        assert experiments.of_run(session, run).id == run.experiment_id
        found = experiments.with_idempotency_key(session, "key")
        assert found is not None
        assert found.id == experiment.id
        assert experiments.with_idempotency_key(session, "other") is None
        assert list(runs.of_experiment(session, experiment.id)) == []


def test_a_key_belongs_to_one_experiment(database: Database) -> None:
    added(database, "key")
    with pytest.raises(IntegrityError):
        added(database, "key")


def test_experiments_are_counted(database: Database) -> None:
    for _ in range(3):
        added(database)
    with database.read() as session:
        assert experiments.count(session) == 3
