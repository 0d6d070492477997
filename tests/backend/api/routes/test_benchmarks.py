import csv
import io

import httpx
import pytest
from scipy import stats

from backend.experiments.benchmark_presets import benchmark_presets
from backend.store import workers
from tests.backend.experiments.contest import contest, declared, finished, launched, worked
from tests.backend.experiments.farm import Farm


def test_an_order_is_accepted_with_the_place_to_ask(client: httpx.Client, farm: Farm) -> None:
    reply = client.post("/api/v1/benchmarks", json={"overrides": declared(), "name": "mine", "seed": 7})
    assert reply.status_code == 202
    found = client.get(reply.headers["Location"]).json()
    assert found == {**reply.json(), "seconds": found["seconds"]}
    assert (found["state"], found["trainings"], found["trainings_finished"]) == ("running", 18, 0)
    assert [row["n"] for row in found["table"]] == [0, 0, 0]
    assert len(farm.sender.sent) == 18


def test_the_table_fills_while_it_runs_and_the_verdict_comes_at_the_end(client: httpx.Client, farm: Farm) -> None:
    made = launched(farm, contest())
    later = farm.sender.sent[9:]
    del farm.sender.sent[9:]
    worked(farm)
    address = f"/api/v1/benchmarks/{made.benchmark.id}"
    half = client.get(address).json()
    assert ([row["n"] for row in half["table"]], half["judged"], half["progress"]) == ([3, 3, 3], [], 0.5)
    assert half["seconds_left"] is not None
    farm.sender.send(later)
    worked(farm)
    whole = client.get(address).json()
    assert whole["headline"] == "evolved: better in 2 of 2 declared comparisons."
    assert [row["best"] for row in whole["table"]] == [True, False, False]
    assert whole["judged"][0]["comparison"]["outcome"] == "better"


def test_a_benchmark_says_how_many_of_its_trainings_were_known_before(client: httpx.Client, farm: Farm) -> None:
    own = finished(farm, contest())
    again = launched(farm, contest()).benchmark
    worked(farm, taken_from=1)
    found = [client.get(f"/api/v1/benchmarks/{each.id}").json() for each in (own, again)]
    assert [(each["trainings_finished"], each["trainings_taken_over"]) for each in found] == [(18, 0), (18, 18)]


def test_lists_show_the_newest_first_with_their_headlines(client: httpx.Client, farm: Farm) -> None:
    first, second = finished(farm, contest(name="one")), launched(farm, contest(name="two")).benchmark
    listed = client.get("/api/v1/benchmarks").json()["items"]
    assert [each["id"] for each in listed] == [second.id, first.id]
    assert [each["headline"] is None for each in listed] == [True, False]
    page = client.get("/api/v1/benchmarks", params={"page_size": 1}).json()
    rest = client.get("/api/v1/benchmarks", params={"page_size": 1, "page_token": page["next_page_token"]}).json()
    assert [each["id"] for each in rest["items"]] == [first.id]


def test_two_columns_of_the_scores_give_the_p_value_by_hand(client: httpx.Client, farm: Farm) -> None:
    done = finished(farm, contest())
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/benchmarks/{done.id}/scores.csv").text)))
    ours, theirs = ([float(row[label]) for row in rows] for label in ("evolved", "slow"))
    found = client.get(f"/api/v1/benchmarks/{done.id}").json()["judged"][0]["comparison"]
    assert found["p"] == stats.mannwhitneyu(ours, theirs).pvalue
    assert found["p_pairs"] == stats.wilcoxon(ours, theirs).pvalue
    assert found["p_holm"] <= 2 * found["p"]


def test_every_trial_is_a_row_with_its_seed(client: httpx.Client, farm: Farm) -> None:
    done = finished(farm, contest())
    reply = client.get(f"/api/v1/benchmarks/{done.id}/trials.csv")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert len(rows) == 18
    assert len({(row["trial"], row["seed"]) for row in rows}) == 6
    assert {row["epochs"] for row in rows} == {"3"}


@pytest.mark.parametrize("figure", ["trials", "curves", "tuning", "importance"])
def test_figures_are_sent_only_if_they_changed(client: httpx.Client, farm: Farm, figure: str) -> None:
    contenders = [{"label": "evolved", "phenotype": "0.05"}, {"label": "constant", "schedule": "constant"}]
    tuning = {"trainings": 4, "by_chance": 2, "batch": 2, "budget": "equal_tuning"}
    done = finished(farm, contest(contenders=contenders, tuning=tuning))
    address = f"/api/v1/benchmarks/{done.id}/figures/{figure}"
    first = client.get(address)
    assert first.json()["data"]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(address, params={"problem": "digits"}).status_code == 422


def test_what_is_reached_on_each_problem_is_drawn_where_there_are_several(client: httpx.Client, farm: Farm) -> None:
    one, two = finished(farm, contest()), finished(farm, contest(problems=["mnist-1d", "digits"]))
    figures = [client.get(f"/api/v1/benchmarks/{done.id}/figures/transfer").json() for done in (one, two)]
    assert figures[0]["data"] == []
    assert figures[1]["data"][0]["x"] == ["mnist-1d", "digits"]
    assert client.get(f"/api/v1/benchmarks/{one.id}/figures/tuning").json()["data"] == []


def test_a_cancelled_one_stays_cancelled(client: httpx.Client, farm: Farm) -> None:
    made = launched(farm, contest())
    address = f"/api/v1/benchmarks/{made.benchmark.id}/cancel"
    assert client.post(address, headers={"X-AutoLR": "1"}).json()["state"] == "cancelled"
    assert client.post(address, headers={"X-AutoLR": "1"}).status_code == 409


def test_what_is_wrong_stands_at_its_place(client: httpx.Client) -> None:
    reply = client.post("/api/v1/benchmarks", json={"overrides": declared(trials=0, finalists=["nobody"])})
    assert reply.status_code == 422
    assert "/overrides/trials" in [fault["pointer"] for fault in reply.json()["errors"]]
    empty = client.post("/api/v1/benchmarks", json={})
    assert {fault["pointer"] for fault in empty.json()["errors"]} == {"/overrides/problems", "/overrides/contenders"}
    assert client.get("/api/v1/benchmarks/99").status_code == 404


def test_presets_are_listed_quickest_first(client: httpx.Client) -> None:
    listed = client.get("/api/v1/benchmarks/presets").json()["items"]
    assert [each["name"] for each in listed] == [preset.name for preset in benchmark_presets()]
    assert {each["name"]: each["trainings"] for each in listed}["gp-2025-comparison"] == 40


def test_what_a_worker_trains_for_a_benchmark_is_shown_as_such(client: httpx.Client, farm: Farm) -> None:
    made = launched(farm, contest())
    claimed = farm.claim_next()
    assert claimed is not None
    with farm.database.write() as session:
        workers.announce(session, name="pretended", host="box", pid=1, queue="cpu", problems={}, numerics={})
    evaluation = {"id": claimed.evaluation_id, "run_id": None, "benchmark_id": made.benchmark.id}
    assert client.get("/api/v1/workers").json()["items"][0]["evaluation"] == evaluation
    found = client.get(f"/api/v1/evaluations/{claimed.evaluation_id}").json()
    assert (found["run_id"], found["benchmark_id"], found["state"]) == (None, made.benchmark.id, "running")


def test_a_tuning_is_shown_with_its_phase_and_what_it_found(client: httpx.Client, farm: Farm) -> None:
    evolved = {"label": "evolved", "phenotype": "0.05", "trainings": 0}
    tuning = {"trainings": 4, "by_chance": 2, "batch": 2, "budget": "equal_tuning"}
    made = launched(farm, contest(contenders=[evolved, {"label": "constant", "schedule": "constant"}], tuning=tuning))
    address = f"/api/v1/benchmarks/{made.benchmark.id}"
    before = client.get(address).json()
    assert (before["phase"], before["trainings"], before["tuned"]) == ("tuning", 4 + 12, [])
    worked(farm)
    (tuned,) = client.get(address).json()["tuned"]
    assert (tuned["contender"], tuned["trainings"], list(tuned["constants"])) == (1, 4, ["learning_rate"])
    assert tuned["sentence"].startswith("constant on mnist-1d: learning rate ")


def test_a_preview_says_what_an_order_would_cost_and_could_show(client: httpx.Client, farm: Farm) -> None:
    reply = client.post("/api/v1/benchmarks/preview", json={"overrides": declared(trials=3)})
    assert reply.status_code == 200
    found = reply.json()
    assert (found["trainings"], found["comparisons"], found["fewest_trials"]) == (9, 2, 5)
    assert found["stages"] == [{"name": "trials", "trainings": 9}]
    assert [(each["label"], each["finalist"]) for each in found["entrants"]] == [
        ("evolved", True),
        ("slow", False),
        ("fast", False),
    ]
    assert "can show nothing" in found["warnings"][0]
    assert client.get("/api/v1/benchmarks").json()["items"] == []
    assert farm.sender.sent == []


def test_a_preview_refuses_by_field(client: httpx.Client) -> None:
    contenders = [{"label": "evolved", "phenotype": "0.05 +"}, {"label": "other", "schedule": "none-such"}]
    reply = client.post("/api/v1/benchmarks/preview", json={"overrides": declared(contenders=contenders)})
    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json()["errors"]] == [
        "/overrides/contenders/0/phenotype",
        "/overrides/contenders/1/schedule",
    ]
