import httpx
import pytest


@pytest.mark.parametrize("address", ["/api/v1/runs", "/api/v1/nothing", "/healthz", "/metrics", "/"])
def test_every_reply_fences_itself_in(client: httpx.Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_no_page_may_run_a_script_that_is_written_into_it(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))
    assert "unsafe" not in directives.get("script-src", directives["default-src"])


def test_a_refused_request_is_fenced_in_as_well(client: httpx.Client) -> None:
    reply = client.get("/", headers={"Host": "evil.example"})
    assert reply.status_code == 400
    assert reply.headers["x-frame-options"] == "DENY"
