from sqlalchemy import update

from backend.experiments.claim import claim
from backend.store import workers
from backend.store.database import Database
from backend.store.tables import Evaluation, Worker
from backend.store.worker_list import worker_list
from tests.backend.experiments.farm import Farm, order


def _announce(database: Database, *names: str) -> None:
    with database.write() as session:
        for name in names:
            workers.announce(session, name=name, host="box", pid=1, queue="cpu", problems={}, numerics={})


def test_a_worker_that_holds_an_evaluation_is_listed_with_it(database: Database) -> None:
    farm = Farm(database)
    launched = farm.launch(order())
    _announce(database, "b", "a")
    with database.write() as session:
        claim(session, launched.evaluation_ids[0], "a", 60)
    with database.read() as session:
        found = [(seen.worker.name, seen.alive, seen.evaluation_id, seen.run_id) for seen in worker_list(session)]
    assert found == [("a", True, launched.evaluation_ids[0], launched.runs[0].id), ("b", True, None, None)]


def test_an_evaluation_whose_lease_ran_out_is_nobodys(database: Database) -> None:
    launched = Farm(database).launch(order())
    _announce(database, "a")
    with database.write() as session:
        claim(session, launched.evaluation_ids[0], "a", 60)
        session.execute(update(Evaluation).values(lease_expires_at=1.0))
    with database.read() as session:
        assert [seen.evaluation_id for seen in worker_list(session)] == [None]


def test_silence_is_shown_for_a_day(database: Database) -> None:
    _announce(database, "lately", "yesterday", "before")
    with database.write() as session:
        for name, seconds in (("yesterday", 80_000), ("before", 90_000)):
            session.execute(update(Worker).where(Worker.name == name).values(seen_at=Worker.seen_at - seconds))
    with database.read() as session:
        assert [(seen.worker.name, seen.alive) for seen in worker_list(session)] == [
            ("lately", True),
            ("yesterday", False),
        ]
