from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.store import experiments, runs
from backend.store.database import Database, normalised_url
from backend.store.tables import Run


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def add_and_fail() -> None:
        with database.write() as session:
            experiments.add(
                session, name="e", preset=None, configuration={}, grammar_text="", seed=1, idempotency_key=None
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with database.read() as session:
        assert experiments.count(session) == 0


def test_what_is_changed_in_a_reading_session_is_forgotten(database: Database, run: Run) -> None:
    with database.read() as session:
        found = runs.get(session, run.id)
        assert found is not None
        found.generation = 99
    with database.read() as session:
        again = runs.get(session, run.id)
        assert again is not None
        assert again.generation == 0


def test_writers_that_read_first_wait_for_each_other_and_lose_nothing(database: Database, run: Run) -> None:
    """Each transaction reads a number and writes the next one: any interleaving would lose some."""

    def count(_number: int) -> None:
        with database.write() as session:
            locked = runs.lock(session, run.id)
            assert locked is not None
            locked.generation += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(40)))
    with database.read() as session:
        found = runs.get(session, run.id)
        assert found is not None
        assert found.generation == 40


@pytest.mark.parametrize("given", ["postgresql://u:p@h/d", "postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"])
def test_every_way_to_write_a_postgresql_url_gets_the_driver_that_is_installed(given: str) -> None:
    assert normalised_url(given).drivername == "postgresql+psycopg"
