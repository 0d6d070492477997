from backend.experiments.claim import report_progress
from backend.problems.result import EpochRow
from tests.backend.experiments.farm import order
from tests.backend.serving import Serving

EPOCH = EpochRow(0, 2.1, 0.2, 2.0, 0.25, 0.05, 0.1)


def test_what_is_being_trained_shows_the_epochs_done_so_far(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    claimed = served.farm.claim_next()
    assert claimed is not None
    with served.farm.database.write() as session:
        report_progress(session, claimed, [EPOCH])
    address = f"/api/v1/runs/{run_id}/evaluations"
    (running,) = served.client.get(address, params={"state": "running"}).json()["items"]
    assert running["epochs"] == [EPOCH.to_json()]
    assert (running["worker"], running["attempt"], running["finished_at"]) == ("pretended", 1, None)
    assert running["seconds"] >= 0
    assert served.client.get(f"/api/v1/evaluations/{running['id']}").json()["epochs"] == [EPOCH.to_json()]


def test_the_baselines_evaluation_carries_its_label_and_no_individual(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    evaluations = served.client.get(f"/api/v1/runs/{run_id}/evaluations").json()["items"]
    labelled = [evaluation for evaluation in evaluations if evaluation["label"]]
    assert [one["label"] for one in labelled] == ["constant 0.01"]
    assert all(one["individual_ids"] for one in evaluations if one["label"] is None)


def test_evaluations_are_listed_page_by_page(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    address = f"/api/v1/runs/{run_id}/evaluations"
    whole = [one["id"] for one in served.client.get(address).json()["items"]]
    first = served.client.get(address, params={"page_size": 3}).json()
    rest = served.client.get(address, params={"page_token": first["next_page_token"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == whole


def test_an_unknown_evaluation_is_not_found(served: Serving) -> None:
    assert served.client.get("/api/v1/evaluations/17").json()["detail"] == "There is no evaluation 17."


def test_what_was_taken_over_names_the_evaluation_that_was_trained(served: Serving) -> None:
    first, second, *_ = served.farm.launch(order()).evaluation_ids
    served.farm.train_next()
    served.farm.train_next(taken_from=first)
    found = [served.client.get(f"/api/v1/evaluations/{each}").json() for each in (first, second)]
    assert [(each["state"], each["taken_from"]) for each in found] == [("finished", None), ("finished", first)]
