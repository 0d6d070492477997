import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse

from backend.app.origin import OwnOrigin, name_in

STOP = "/api/v1/runs/1/stop"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_every_name_of_this_machine_is_answered(client: httpx.Client, host: str) -> None:
    port = client.base_url.port
    assert client.get("/healthz", headers={"Host": f"{host}:{port}"}).status_code == 200
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "10.1.2.3"])
def test_a_name_that_someone_else_points_here_is_refused(client: httpx.Client, host: str) -> None:
    reply = client.get("/api/v1/runs", headers={"Host": host})
    assert reply.status_code == 400
    assert reply.json()["type"] == "urn:autolr:error:unknown-host"


@pytest.mark.parametrize(("host", "status"), [("autolr.example:8400", 200), ("10.1.2.3", 200), ("10.9.9.9", 400)])
def test_configured_names_and_the_address_itself_are_answered(host: str, status: int) -> None:
    """The address is that which the connection came in on; here a transport of httpx's says so."""
    app = OwnOrigin(PlainTextResponse("yes"), names=("autolr.example",))

    async def get() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://10.1.2.3") as client:
            return (await client.get("/", headers={"Host": host})).status_code

    assert asyncio.run(get()) == status


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1"])
def test_a_change_from_another_sites_page_is_refused(client: httpx.Client, origin: str) -> None:
    reply = client.post(STOP, headers={"Origin": origin, "X-AutoLR": "1"})
    assert reply.status_code == 403
    assert reply.json()["type"] == "urn:autolr:error:other-origin"


def test_a_change_from_our_own_page_is_taken(client: httpx.Client) -> None:
    origin = str(client.base_url).rstrip("/")
    assert client.post(STOP, headers={"Origin": origin, "X-AutoLR": "1"}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "text/plain; application/json"},
    ],
)
def test_a_change_that_any_site_could_send_is_refused(client: httpx.Client, headers: dict[str, str]) -> None:
    for method, address in (("POST", STOP), ("POST", "/api/v1/experiments"), ("DELETE", STOP)):
        reply = client.request(method, address, headers=headers)
        assert reply.status_code == 403
        assert "X-AutoLR" in reply.json()["detail"]


@pytest.mark.parametrize("headers", [{"X-AutoLR": "1"}, {"Content-Type": "application/json; charset=utf-8"}])
def test_a_change_that_no_other_site_could_send_is_taken(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.post(STOP, headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("host", "name"), [("a", "a"), ("A:1", "a"), ("[::1]:80", "::1"), ("[::1]", "::1"), ("", ""), ("[", "")]
)
def test_a_host_is_read_without_port_and_brackets(host: str, name: str) -> None:
    assert name_in(host) == name
