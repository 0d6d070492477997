import httpx
from sqlalchemy import text

from backend.settings.settings import load_settings
from tests.backend.serving import Serving, serving


def test_a_process_that_lives_says_so(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_migrated_database_makes_it_ready(client: httpx.Client) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}


def test_a_database_of_another_version_makes_it_not_ready(served: Serving) -> None:
    with served.farm.database.write() as session:
        session.execute(text("DELETE FROM alembic_version"))
    reply = served.client.get("/readyz")
    assert reply.status_code == 503
    assert "autolr db upgrade" in reply.json()["detail"]
    assert served.client.get("/healthz").status_code == 200


def test_a_server_without_a_database_lives_and_waits() -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    with serving(load_settings(database_url=nowhere, reconcile_seconds=0.01)) as served:
        assert served.client.get("/healthz").status_code == 200
        reply = served.client.get("/readyz")
        assert (reply.status_code, reply.json()["detail"]) == (503, "The database does not answer.")
        assert served.client.get("/metrics").status_code == 503
