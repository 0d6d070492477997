import pytest
from sqlalchemy.exc import IntegrityError

from backend.store import events, generations
from backend.store.database import Database
from backend.store.tables import Run


def test_a_generation_is_listed_once_it_is_complete(database: Database, run: Run) -> None:
    with database.write() as session:
        opened = generations.open_next(session, run.id, 0)
        assert list(generations.completed(session, run.id)) == []
        generations.complete(session, opened, "d" * 64, {"best": 0.5})
    with database.read() as session:
        (done,) = generations.completed(session, run.id)
        assert (done.number, done.digest, done.summary) == (0, "d" * 64, {"best": 0.5})
        assert events.after(session, 0, 10)[-1].kind == "generation.completed"


def test_the_digest_before_the_first_generation_is_none(database: Database, run: Run) -> None:
    with database.write() as session:
        generations.complete(session, generations.open_next(session, run.id, 0), "d" * 64, {})
        assert generations.digest_before(session, run.id, 0) is None
        assert generations.digest_before(session, run.id, 1) == "d" * 64


def test_a_generation_can_be_opened_once(database: Database, run: Run) -> None:
    def open_twice() -> None:
        with database.write() as session:
            generations.open_next(session, run.id, 0)
            generations.open_next(session, run.id, 0)

    with pytest.raises(IntegrityError):
        open_twice()
