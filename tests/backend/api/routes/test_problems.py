import httpx

from backend.store import workers
from backend.store.database import Database
from tests.backend.experiments.farm import Farm


def _announce(database: Database, name: str, problems: dict[str, str | None]) -> None:
    with database.write() as session:
        workers.announce(session, name=name, host="box", pid=1, queue="cpu", problems=problems, numerics={})


def test_problems_have_their_published_sizes(client: httpx.Client) -> None:
    problems = {problem["name"]: problem for problem in client.get("/api/v1/problems").json()["items"]}
    assert problems["mnist-1d"]["parameters"] == 14_154
    assert problems["mnist-1d"]["parts"] == {"train": 2800, "validation": 400, "fitness": 800, "test": 10_000}
    assert problems["fashion-mnist"]["parameters"] == 1_199_882


def test_without_a_worker_nobody_knows_whether_the_data_can_be_loaded(client: httpx.Client) -> None:
    problem = client.get("/api/v1/problems/digits").json()
    assert (problem["available"], problem["unavailable_reason"]) == (None, None)


def test_data_that_one_worker_can_load_is_available(client: httpx.Client, farm: Farm) -> None:
    _announce(farm.database, "a", {"digits": "scikit-learn is missing"})
    assert client.get("/api/v1/problems/digits").json()["available"] is False
    assert client.get("/api/v1/problems/digits").json()["unavailable_reason"] == "scikit-learn is missing"
    _announce(farm.database, "b", {"digits": None})
    assert client.get("/api/v1/problems/digits").json()["available"] is True


def test_an_unknown_problem_is_not_found_and_the_known_ones_are_named(client: httpx.Client) -> None:
    reply = client.get("/api/v1/problems/nope")
    assert reply.status_code == 404
    assert "mnist-1d" in reply.json()["detail"]
