"""Errors as pages."""

import httpx


def test_a_browser_at_an_unknown_address_gets_a_page_that_leads_back(client: httpx.Client) -> None:
    reply = client.get("/nowhere")
    assert reply.status_code == 404
    assert reply.headers["content-type"].startswith("text/html")
    assert "There is nothing at /nowhere." in reply.text
    assert 'href="/launch"' in reply.text


def test_a_program_at_the_same_address_gets_a_problem_document(client: httpx.Client) -> None:
    reply = client.get("/nowhere", headers={"Accept": "application/json"})
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_api_answers_browsers_with_documents_too(client: httpx.Client) -> None:
    assert client.get("/api/v1/runs/17").headers["content-type"] == "application/problem+json"


def test_what_the_address_says_is_shown_as_text_and_never_as_markup(client: httpx.Client) -> None:
    reply = client.get("/<script>alert(1)</script>")
    assert reply.status_code == 404
    assert "<script>alert" not in reply.text
