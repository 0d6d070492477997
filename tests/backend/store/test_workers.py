from typing import Any

from sqlalchemy import update

from backend.store import workers
from backend.store.database import Database
from backend.store.tables import Worker

SLOT: dict[str, Any] = {"host": "h", "pid": 1, "queue": "cpu", "numerics": {}}


def announce(database: Database, name: str, problems: dict[str, str | None] | None = None) -> None:
    with database.write() as session:
        workers.announce(session, name=name, problems=problems or {}, **SLOT)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [worker.name for worker in workers.alive(session)]


def test_a_worker_that_announces_itself_is_alive_until_it_leaves(database: Database) -> None:
    announce(database, "b")
    announce(database, "a")
    assert names(database) == ["a", "b"]
    with database.write() as session:
        workers.leave(session, "a")
    assert names(database) == ["b"]


def test_a_worker_that_is_silent_for_long_is_gone(database: Database) -> None:
    announce(database, "a")
    with database.write() as session:
        session.execute(update(Worker).values(seen_at=Worker.seen_at - 2 * workers.SILENCE_SECONDS))
        assert workers.count_alive(session) == 0
    announce(database, "a")
    assert names(database) == ["a"]


def test_what_a_worker_can_load_is_what_it_said_last(database: Database) -> None:
    announce(database, "a", {"digits": "no scikit-learn"})
    announce(database, "a", {"digits": None})
    with database.read() as session:
        assert workers.alive(session)[0].problems == {"digits": None}
