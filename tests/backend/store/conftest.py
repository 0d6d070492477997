import pytest
from sqlalchemy import text

from backend.store import behaviours, evaluations, experiments, runs
from backend.store.database import Database
from backend.store.tables import Evaluation, Run, Table


@pytest.fixture
def empty_database(database: Database) -> Database:
    """A database without any table."""
    with database.write() as session:
        Table.metadata.drop_all(session.connection())
        session.execute(text("DROP TABLE alembic_version"))
    return database


@pytest.fixture
def run(database: Database) -> Run:
    """A run of an experiment, with nothing in it."""
    with database.write() as session:
        experiment = experiments.add(
            session, name="e", preset=None, configuration={}, grammar_text="", seed=1, idempotency_key=None
        )
        return runs.add(session, experiment_id=experiment.id, index=0, seed=1, generations=3)


@pytest.fixture
def evaluation(database: Database, run: Run) -> Evaluation:
    """An evaluation that nobody has begun."""
    with database.write() as session:
        behaviour = behaviours.get_or_add(session, key="b", kind="rate_vector", content={"rates": [0.1]})
        return evaluations.add(
            session, run_id=run.id, behaviour_id=behaviour.id, key="k", fold=0, specification={"epochs": 1}
        )
