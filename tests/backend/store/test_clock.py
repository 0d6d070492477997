import time

from sqlalchemy import select

from backend.store.clock import now
from backend.store.database import Database


def test_the_databases_clock_tells_seconds_since_the_epoch_with_a_fraction(database: Database) -> None:
    with database.read() as session:
        told = [session.scalar(select(now())) for _ in range(3)]
    assert all(seconds is not None and abs(seconds - time.time()) < 5 for seconds in told)
    assert any(seconds % 1 for seconds in told if seconds is not None)


def test_the_clock_goes_on_within_a_transaction(database: Database) -> None:
    with database.write() as session:
        first = session.scalar(select(now())) or 0.0
        time.sleep(0.02)
        assert (session.scalar(select(now())) or 0.0) > first
