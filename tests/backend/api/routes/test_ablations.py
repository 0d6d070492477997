from tests.backend.experiments.farm import order, rules_order
from tests.backend.serving import Serving

HEADERS = {"X-AutoLR": "1"}


def test_an_ablation_is_asked_for_done_by_workers_and_read(served: Serving) -> None:
    served.evolved(rules_order())
    assert served.client.get("/api/v1/individuals/1/ablation").json()["state"] == "none"
    reply = served.client.post("/api/v1/individuals/1/ablation", headers=HEADERS)
    assert (reply.status_code, reply.headers["Location"]) == (202, "/api/v1/individuals/1/ablation")
    assert reply.json()["state"] == "running"
    served.farm.work()
    found = served.client.get(reply.headers["Location"]).json()
    first, never = found["variants"]
    assert (found["state"], found["done"], len(found["own"])) == ("finished", found["total"], 3)
    assert first["words"] == "x not kept from step to step"
    assert first["formula"].startswith("<math")
    assert (first["spread"], first["reason"]) == (0, None)
    assert (never["change"], never["scores"]) == (None, [])
    assert "nothing would be learned" in never["reason"]


def test_an_evaluation_says_whose_ablation_it_is_part_of(served: Serving) -> None:
    run_id = served.evolved(rules_order()).runs[0].id
    before = served.client.get(f"/api/v1/runs/{run_id}/evaluations?page_size=200").json()["items"]
    served.client.post("/api/v1/individuals/1/ablation", headers=HEADERS)
    after = served.client.get(f"/api/v1/runs/{run_id}/evaluations?page_size=200").json()["items"]
    new = [one for one in after if one["id"] not in {other["id"] for other in before}]
    assert new
    assert all((one["individual_ids"], one["label"], one["ablation_of"]) == ([], None, 1) for one in new)


def test_a_schedule_and_what_was_not_trained_are_refused(served: Serving) -> None:
    served.evolved(order())
    reply = served.client.post("/api/v1/individuals/1/ablation", headers=HEADERS)
    assert (reply.status_code, "no update rule" in reply.json()["detail"]) == (409, True)
    launched = served.farm.launch(rules_order())
    rule = served.client.get(f"/api/v1/runs/{launched.runs[0].id}/individuals").json()["items"][0]
    reply = served.client.post(f"/api/v1/individuals/{rule['id']}/ablation", headers=HEADERS)
    assert (reply.status_code, "has no training that gave it a fitness" in reply.json()["detail"]) == (409, True)


def test_an_unknown_individual_is_not_found(served: Serving) -> None:
    assert served.client.get("/api/v1/individuals/17/ablation").status_code == 404
    assert served.client.post("/api/v1/individuals/17/ablation", headers=HEADERS).status_code == 404
