import httpx
import pytest
from sqlalchemy import text

from tests.backend.serving import Serving

JSON = {"Content-Type": "application/json"}
EXPERIMENTS = "/api/v1/experiments"


def _error(reply: httpx.Response) -> tuple[int, str]:
    """Return status and kind of an answer that is a problem in the agreed form."""
    assert reply.headers["content-type"] == "application/problem+json"
    document = reply.json()
    assert document["status"] == reply.status_code
    assert document["title"]
    assert document["detail"]
    urn, _, kind = document["type"].rpartition(":")
    assert urn == "urn:autolr:error"
    return reply.status_code, kind


@pytest.mark.parametrize("body", [b"{", b"", b"[1,", b'{"runs": }', b"\xff\xfe", b'{"runs": ' + b"9" * 5000 + b"}"])
def test_a_body_that_is_no_json_is_refused(client: httpx.Client, body: bytes) -> None:
    reply = client.post(EXPERIMENTS, content=body, headers=JSON)
    assert reply.status_code in (400, 422)
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_nested_without_end_is_refused(client: httpx.Client) -> None:
    body = b'{"overrides":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001
    assert client.post(EXPERIMENTS, content=body, headers=JSON).status_code in (400, 422)


def test_what_is_wrong_with_json_is_said(client: httpx.Client) -> None:
    reply = client.post(EXPERIMENTS, content=b'{"runs": }', headers=JSON)
    assert _error(reply) == (400, "invalid-json")
    assert "character 9" in reply.json()["detail"]


@pytest.mark.parametrize("body", ["[]", "1", '"text"', "null"])
def test_json_that_is_no_order_is_refused(client: httpx.Client, body: str) -> None:
    assert _error(client.post(EXPERIMENTS, content=body, headers=JSON)) == (422, "invalid-request")


def test_a_body_that_is_too_large_is_refused(client: httpx.Client) -> None:
    reply = client.post(EXPERIMENTS, content=b" " * 4_000_001, headers=JSON)
    assert _error(reply) == (413, "content-too-large")


def test_a_body_of_unknown_length_is_refused_once_it_is_too_large(client: httpx.Client) -> None:
    pieces = (b" " * 100_000 for _ in range(41))
    assert _error(client.post(EXPERIMENTS, content=pieces, headers=JSON)) == (413, "content-too-large")


def test_an_address_that_does_not_exist_is_said_in_words(client: httpx.Client) -> None:
    reply = client.get("/api/v1/nothing")
    assert _error(reply) == (404, "not-found")
    assert "/api/v1/nothing" in reply.json()["detail"]


def test_a_method_that_is_impossible_is_said_in_words(client: httpx.Client) -> None:
    assert _error(client.delete("/api/v1/runs/1", headers={"X-AutoLR": "1"})) == (405, "method-not-allowed")


@pytest.mark.parametrize(
    ("address", "methods"),
    [("/api/v1/experiments", "GET, POST"), ("/api/v1/grammars/check", "POST"), ("/api/v1/runs/1", "GET"), ("/", "GET")],
)
def test_the_methods_that_are_possible_are_named(client: httpx.Client, address: str, methods: str) -> None:
    assert sorted(client.options(address).headers["allow"].split(", ")) == methods.split(", ")


def test_a_database_that_does_not_answer_is_no_crash(served: Serving) -> None:
    with served.farm.database.write() as session:
        session.execute(text("ALTER TABLE run RENAME TO away"))
    reply = served.client.get("/api/v1/runs")
    assert _error(reply) == (503, "unavailable")
    assert reply.headers["retry-after"] == "2"


def test_what_should_never_happen_tells_the_client_no_secrets(served: Serving) -> None:
    with served.farm.database.write() as session:
        session.execute(
            text(
                "INSERT INTO experiment (name, configuration, grammar_text, seed, created_at) "
                "VALUES ('broken', '{\"secret\": 1}', '', 1, 0)"
            )
        )
    reply = served.client.get(EXPERIMENTS)
    assert _error(reply) == (500, "internal-error")
    assert "secret" not in reply.text
