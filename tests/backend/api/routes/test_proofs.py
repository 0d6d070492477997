import pytest

from tests.backend.experiments.farm import order, rules_order
from tests.backend.experiments.proofs import prove_next
from tests.backend.serving import Serving


def test_a_proof_is_asked_for_done_by_a_worker_and_read(served: Serving) -> None:
    served.farm.launch(rules_order())
    listed = served.client.get("/api/v1/individuals/1/proofs").json()["items"]
    assert [(one["format"], one["state"]) for one in listed] == [
        ("keras", "none"),
        ("torch", "none"),
        ("optax", "none"),
    ]
    reply = served.client.post("/api/v1/individuals/1/proofs", json={"format": "torch"})
    assert (reply.status_code, reply.headers["Location"]) == (202, "/api/v1/individuals/1/proofs")
    assert reply.json()["items"][1]["state"] == "pending"
    prove_next(served.farm)
    found = served.client.get(reply.headers["Location"]).json()["items"][1]
    assert (found["state"], found["outcome"], found["version"]) == ("finished", "proven", "PyTorch 2")
    assert found["text"].startswith("Proven with PyTorch 2")


def test_a_file_says_what_its_proof_found(served: Serving) -> None:
    served.farm.launch(rules_order())
    address = "/api/v1/individuals/1/export?format=torch"
    assert "Code: Proven" not in served.client.get(address).text
    served.client.post("/api/v1/individuals/1/proofs", json={"format": "torch"})
    prove_next(served.farm)
    assert "Code: Proven with PyTorch 2" in served.client.get(address).text


def test_a_schedule_is_proven_for_keras_alone(served: Serving) -> None:
    served.farm.launch(order())
    assert [one["format"] for one in served.client.get("/api/v1/individuals/1/proofs").json()["items"]] == ["keras"]
    reply = served.client.post("/api/v1/individuals/1/proofs", json={"format": "torch"})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/format")
    assert served.client.post("/api/v1/individuals/1/proofs", json={"format": "keras"}).status_code == 202


@pytest.mark.parametrize("body", [{}, {"format": "tape"}, {"format": "torch", "more": 1}])
def test_a_body_that_names_no_format_is_refused(served: Serving, body: dict[str, object]) -> None:
    served.farm.launch(rules_order())
    assert served.client.post("/api/v1/individuals/1/proofs", json=body).status_code == 422


def test_an_unknown_individual_is_not_found(served: Serving) -> None:
    assert served.client.get("/api/v1/individuals/17/proofs").status_code == 404
    assert served.client.post("/api/v1/individuals/17/proofs", json={"format": "keras"}).status_code == 404
