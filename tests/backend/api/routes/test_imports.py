import httpx
import pytest

from tests.backend.api.test_archive import packed
from tests.backend.originals.made import Files, Made, rules, schedules

HEADERS = {"Content-Type": "application/zip", "X-AutoLR": "1"}


def sent(client: httpx.Client, files: Files) -> httpx.Response:
    return client.post("/api/v1/imports", content=packed(files), headers=HEADERS)


def test_runs_become_an_experiment(client: httpx.Client) -> None:
    reply = sent(client, Made(schedules().settings, runs=2).files())
    assert reply.status_code == 201
    document = reply.json()
    experiment = client.get(f"/api/v1/experiments/{document['experiment_id']}").json()
    assert [run["id"] for run in experiment["runs"]] == document["run_ids"]
    assert experiment["name"] == document["name"] == "made_schedules"
    assert {"file", "line", "key", "why"} == document["not_taken_over"][0].keys()


def test_an_imported_run_can_be_looked_at(client: httpx.Client) -> None:
    (run_id,) = sent(client, rules().files()).json()["run_ids"]
    run = client.get(f"/api/v1/runs/{run_id}").json()
    assert (run["state"], run["imported_generations"], run["trainings"], run["trainings_saved"]) == (
        "finished",
        3,
        0,
        0,
    )
    assert run["baselines"] == []
    assert run["not_taken_over"]
    for figure in ("fitness", "behaviours", "heatmap"):
        assert client.get(f"/api/v1/runs/{run_id}/figures/{figure}").json()["data"]
    names = [each["name"] for each in client.get(f"/api/v1/runs/{run_id}/figures/behaviours").json()["data"]]
    assert names[:2] == ["new", "seen before"]


def test_an_imported_individual_has_its_fitness_and_no_trainings(client: httpx.Client) -> None:
    (run_id,) = sent(client, rules().files()).json()["run_ids"]
    best = client.get(f"/api/v1/runs/{run_id}").json()["best_individual_id"]
    individual = client.get(f"/api/v1/individuals/{best}").json()
    assert individual["fitness"] is not None
    assert (individual["evaluations"], individual["reproduce"]) == ([], None)
    for figure in ("training", "response"):
        assert client.get(f"/api/v1/individuals/{best}/figures/{figure}").status_code == 200
    assert "class" in client.get(f"/api/v1/individuals/{best}/export").text


def test_a_grammar_alone_is_given_back_and_can_be_launched_with(client: httpx.Client) -> None:
    document = sent(client, {"g.txt": schedules().files()["grammars/dynamic.txt"]}).json()
    assert (document["experiment_id"], document["run_ids"], document["evolves"]) == (None, [], "schedule")
    order = {"overrides": {**document["overrides"], "search": {"population_size": 6}}}
    assert client.post("/api/v1/experiments", json=order).status_code == 202


def test_settings_alone_are_given_back_as_an_order(client: httpx.Client) -> None:
    document = sent(client, {"p.yml": rules().files()["parameters.yml"]}).json()
    assert document["configuration"]["search"]["generations"] == 3
    assert document["grammar"] is None
    assert client.get("/api/v1/experiments").json()["items"] == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"compose.yml": b"version: 3\nservices: {}\n"}, "no parameter file of the original"),
        (
            {**rules().files(), "made_rules/run_0/iteration_1.json": b'[{"id": 3'},
            "iteration_1.json, line 1: the JSON ends",
        ),
        ({}, "no parameter YAML"),
    ],
)
def test_bad_files_are_refused_with_the_reason_and_nothing_is_stored(
    client: httpx.Client, files: Files, said: str
) -> None:
    reply = sent(client, files)
    assert reply.status_code == 422
    assert said in reply.json()["detail"]
    assert client.get("/api/v1/experiments").json()["items"] == []


def test_what_is_no_archive_is_refused(client: httpx.Client) -> None:
    reply = client.post("/api/v1/imports", content=b"words", headers=HEADERS)
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:autolr:error:unreadable-original")


def test_another_kind_of_body_is_refused(client: httpx.Client) -> None:
    reply = client.post("/api/v1/imports", json={})
    assert (reply.status_code, reply.json()["type"]) == (415, "urn:autolr:error:unsupported-media-type")


def test_a_page_of_another_site_cannot_import(client: httpx.Client) -> None:
    reply = client.post("/api/v1/imports", content=b"", headers={"Content-Type": "application/zip"})
    assert (reply.status_code, reply.json()["type"]) == (403, "urn:autolr:error:header-missing")


def test_an_archive_may_be_larger_than_other_bodies(client: httpx.Client) -> None:
    assert client.post("/api/v1/imports", content=bytes(5_000_000), headers=HEADERS).status_code == 422
