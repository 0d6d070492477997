from sqlalchemy import update

from backend.experiments.claim import claim
from backend.store import workers
from backend.store.tables import Worker
from tests.backend.experiments.farm import order
from tests.backend.serving import Serving


def _announce(served: Serving, name: str) -> None:
    with served.farm.database.write() as session:
        workers.announce(session, name=name, host="box", pid=1, queue="cpu", problems={"mnist-1d": None}, numerics={})


def test_a_worker_says_what_it_trains(served: Serving) -> None:
    _announce(served, "box-1")
    _announce(served, "box-2")
    launched = served.farm.launch(order())
    with served.farm.database.write() as session:
        claimed = claim(session, launched.evaluation_ids[0], "box-2", 60)
    assert claimed is not None
    first, second = served.client.get("/api/v1/workers").json()["items"]
    assert (first["name"], first["alive"], first["evaluation"]) == ("box-1", True, None)
    assert second["evaluation"] == {"id": claimed.evaluation_id, "run_id": claimed.run_id, "benchmark_id": None}


def test_a_silent_worker_is_shown_as_gone_and_after_a_day_no_more(served: Serving) -> None:
    _announce(served, "box-1")
    _age(served, 60)
    (worker,) = served.client.get("/api/v1/workers").json()["items"]
    assert worker["alive"] is False
    _age(served, 90_000)
    assert served.client.get("/api/v1/workers").json()["items"] == []


def _age(served: Serving, seconds: float) -> None:
    with served.farm.database.write() as session:
        session.execute(update(Worker).values(seen_at=Worker.seen_at - seconds))
