from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.backend.experiments.farm import SMALL, Farm

EXPERIMENTS = "/api/v1/experiments"
ORDER = {"overrides": SMALL, "seed": 7}


def test_an_ordered_experiment_is_accepted_and_found_where_the_reply_says(client: httpx.Client) -> None:
    reply = client.post(EXPERIMENTS, json=ORDER | {"runs": 2, "name": "two"})
    assert reply.status_code == 202
    assert [run["name"] for run in reply.json()["runs"]] == ["two #1", "two #2"]
    found = client.get(reply.headers["location"]).json()
    assert (found["id"], found["configuration"]) == (reply.json()["id"], reply.json()["configuration"])


def test_evaluations_are_sent_once_they_are_committed(client: httpx.Client, farm: Farm) -> None:
    client.post(EXPERIMENTS, json=ORDER)
    assert farm.sender.sent
    assert farm.claim_next() is not None


def test_the_same_order_with_the_same_key_gives_the_same_experiment(client: httpx.Client, farm: Farm) -> None:
    first = client.post(EXPERIMENTS, json=ORDER, headers={"Idempotency-Key": "mine"})
    sent = list(farm.sender.sent)
    again = client.post(EXPERIMENTS, json=ORDER, headers={"Idempotency-Key": "mine"})
    assert again.status_code == 202
    assert again.json()["id"] == first.json()["id"]
    assert farm.sender.sent == sent


def test_another_order_with_the_same_key_is_a_conflict(client: httpx.Client) -> None:
    client.post(EXPERIMENTS, json=ORDER, headers={"Idempotency-Key": "mine"})
    other = client.post(EXPERIMENTS, json=ORDER | {"runs": 2}, headers={"Idempotency-Key": "mine"})
    assert other.status_code == 409
    assert other.json()["type"] == "urn:autolr:error:idempotency-conflict"


def test_the_same_order_at_the_same_moment_makes_one_experiment(client: httpx.Client) -> None:
    def post(_number: int) -> httpx.Response:
        return client.post(EXPERIMENTS, json=ORDER, headers={"Idempotency-Key": "mine"})

    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(post, range(4)))
    assert {reply.status_code for reply in replies} == {202}
    assert len({reply.json()["id"] for reply in replies}) == 1


@pytest.mark.parametrize(
    ("order", "pointer"),
    [
        ({"preset": "nope"}, "/preset"),
        ({"runs": 0}, "/runs"),
        ({"name": ""}, "/name"),
        ({"seed": 2**64}, "/seed"),
        ({"surplus": 1}, "/surplus"),
        ({"overrides": {"search": {"population_size": 0}}}, "/overrides/search/population_size"),
        ({"overrides": {"search": {"population_size": 10**30}}}, "/overrides/search/population_size"),
        ({"overrides": {"search": {"nope": 1}}}, "/overrides/search/nope"),
        ({"overrides": {"a/b~c": 1}}, "/overrides/a~1b~0c"),
        ({"overrides": {"search": {"mutation_rate": 1.5}}}, "/overrides/search/mutation_rate"),
        ({"overrides": {"problem": "nope"}}, "/overrides/problem"),
        ({"overrides": {"grammar": "nope"}}, "/overrides/grammar"),
        ({"overrides": {"grammar": "<a> ::= <a>"}}, "/overrides/grammar"),
    ],
)
def test_each_fault_of_an_order_is_pointed_at(client: httpx.Client, order: dict[str, object], pointer: str) -> None:
    for address in (EXPERIMENTS, f"{EXPERIMENTS}/preview"):
        reply = client.post(address, json=order)
        assert reply.status_code == 422
        assert reply.headers["content-type"] == "application/problem+json"
        assert [fault["pointer"] for fault in reply.json()["errors"]] == [pointer]
    assert client.get(EXPERIMENTS).json()["items"] == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_no_number_that_is_none_gets_in(client: httpx.Client, number: str) -> None:
    body = '{"overrides": {"training": {"initial_rate": ' + number + "}}}"
    reply = client.post(EXPERIMENTS, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "/overrides/training/initial_rate"


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800"])
def test_no_text_that_cannot_be_stored_gets_in(client: httpx.Client, text: str) -> None:
    for body in ('{"name": "a' + text + '"}', '{"overrides": {"' + text + '": 1}}'):
        reply = client.post(EXPERIMENTS, content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code == 422


def test_experiments_are_listed_newest_first_page_by_page(client: httpx.Client) -> None:
    made = [client.post(EXPERIMENTS, json=ORDER).json()["id"] for _ in range(3)]
    first = client.get(EXPERIMENTS, params={"page_size": 2}).json()
    second = client.get(EXPERIMENTS, params={"page_size": 2, "page_token": first["next_page_token"]}).json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next_page_token"] is None


def test_an_unknown_experiment_is_not_found(client: httpx.Client) -> None:
    assert client.get(f"{EXPERIMENTS}/17").json()["detail"] == "There is no experiment 17."


def test_a_preview_says_what_an_order_means_and_stores_nothing(client: httpx.Client) -> None:
    overrides = {"search": {"population_size": 40}}
    preview = client.post(f"{EXPERIMENTS}/preview", json={"preset": "quickstart", "overrides": overrides}).json()
    assert [difference["field"] for difference in preview["differences"]] == ["search.population_size"]
    assert len(preview["samples"]) == 6
    assert preview["seconds_estimate"] > 0
    assert preview["warnings"] == ["No worker is present: the runs wait for one."]
    assert client.get(EXPERIMENTS).json()["items"] == []


def test_a_preview_of_rules_shows_formulas_and_what_cannot_train(client: httpx.Client) -> None:
    overrides = {"seeds": ["adam"], "search": {"population_size": 8, "generations": 2}}
    preview = client.post(f"{EXPERIMENTS}/preview", json={"preset": "alr-quick", "overrides": overrides}).json()
    assert {"field": "seeds", "preset": [], "value": ["adam"]} in preview["differences"]
    assert preview["samples"][0]["words"].startswith("Adam")
    assert all(sample["formula"].startswith("<math") for sample in preview["samples"])
    assert preview["samples"][0]["cannot_train"] is None
