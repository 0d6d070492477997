import httpx
import pytest

from tests.backend.experiments.farm import SMALL, Farm, order
from tests.backend.serving import Serving

RUNS = "/api/v1/runs"
ON_PURPOSE = {"X-AutoLR": "1"}


def test_a_finished_run_says_what_it_found(served: Serving) -> None:
    run_id = served.evolved(order(name="mine")).runs[0].id
    run = served.client.get(f"{RUNS}/{run_id}").json()
    assert (run["name"], run["state"], run["generation"], run["progress"]) == ("mine", "finished", 3, 1.0)
    assert run["best_fitness"] == run["fitness_by_generation"][-1]
    assert run["trainings"] + run["trainings_saved"] <= 24
    assert (run["baseline"]["name"], run["baseline"]["state"]) == ("constant 0.01", "finished")
    assert run["seconds_left"] is None
    assert run["savings"]["share"] == 1 - run["savings"]["trained"] / run["savings"]["every_individual"]
    assert run["finished_at"].endswith("Z")
    assert run["configuration"]["search"]["population_size"] == 6


def test_a_run_says_how_many_of_its_trainings_were_known_before(served: Serving) -> None:
    own = served.evolved(order(seed=1))
    again = served.farm.launch(order(seed=2))
    served.farm.work(taken_from=1)
    found = [served.client.get(f"{RUNS}/{each.runs[0].id}").json() for each in (own, again)]
    assert [run["trainings_taken_over"] for run in found] == [0, found[1]["trainings"]]
    assert found[1]["trainings"] > 0


def test_a_list_of_runs_leaves_the_configuration_out(served: Serving) -> None:
    served.farm.launch(order())
    (run,) = served.client.get(RUNS).json()["items"]
    assert "configuration" not in run
    assert "savings" not in run
    assert (run["state"], run["progress"], run["best_fitness"]) == ("running", 0.0, None)


@pytest.mark.parametrize("sort", ["created_at", "best_fitness", "name"])
def test_every_order_of_runs_can_be_paged_through(served: Serving, sort: str) -> None:
    for name in ("b", "a", "a"):
        served.evolved(order(name=name))
    served.farm.launch(order(name="c"))
    whole = [run["id"] for run in served.client.get(RUNS, params={"sort": sort}).json()["items"]]
    assert len(whole) == 4
    paged: list[int] = []
    parameters = {"sort": sort, "page_size": "1"}
    for _ in whole:
        page = served.client.get(RUNS, params=parameters).json()
        paged += [run["id"] for run in page["items"]]
        parameters["page_token"] = page["next_page_token"]
    assert page["next_page_token"] is None
    assert paged == whole


def test_runs_can_be_filtered_by_state_and_text(served: Serving) -> None:
    served.evolved(order(name="first 100%"))
    served.farm.launch(order(name="second"))

    def names(**parameters: str | list[str]) -> list[str]:
        return [run["name"] for run in served.client.get(RUNS, params=parameters).json()["items"]]

    assert names(state="finished") == ["first 100%"]
    assert names(state=["finished", "running"]) == ["second", "first 100%"]
    assert names(q="SECOND") == ["second"]
    assert names(q="0%") == ["first 100%"]
    assert names(q="mnist-1d") == ["second", "first 100%"]
    assert names(q="nothing") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"sort": "colour"},
        {"state": "happy"},
        {"page_size": 0},
        {"page_size": 10**6},
        {"page_token": "nonsense"},
        {"q": "a\0b"},
        {"surplus": 1},
    ],
)
def test_parameters_that_make_no_sense_are_named(client: httpx.Client, parameters: dict[str, str | int]) -> None:
    reply = client.get(RUNS, params=parameters)
    assert reply.status_code == 422
    assert [fault["parameter"] for fault in reply.json()["errors"]] == list(parameters)


def test_a_stopped_run_ends_with_its_generation(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    reply = served.client.post(f"{RUNS}/{run_id}/stop", headers=ON_PURPOSE)
    assert (reply.status_code, reply.json()["state"]) == (202, "stopping")
    served.farm.work()
    run = served.client.get(f"{RUNS}/{run_id}").json()
    assert (run["state"], run["generation"], run["progress"]) == ("stopped", 0, 0.25)


def test_a_cancelled_run_ends_at_once(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    reply = served.client.post(f"{RUNS}/{run_id}/cancel", headers=ON_PURPOSE)
    assert (reply.status_code, reply.json()["state"]) == (202, "cancelled")


@pytest.mark.parametrize("verb", ["stop", "cancel"])
def test_a_run_that_has_ended_cannot_be_ended_again(served: Serving, verb: str) -> None:
    run_id = served.evolved(order()).runs[0].id
    reply = served.client.post(f"{RUNS}/{run_id}/{verb}", headers=ON_PURPOSE)
    assert reply.status_code == 409
    assert "finished already" in reply.json()["detail"]
    assert served.client.post(f"{RUNS}/999/{verb}", headers=ON_PURPOSE).status_code == 404


def test_a_run_that_has_ended_is_extended(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    reply = served.client.post(f"{RUNS}/{run_id}/extend", json={"generations": 2})
    assert (reply.status_code, reply.json()["state"], reply.json()["generations"]) == (202, "running", 6)
    served.farm.work()
    run = served.client.get(f"{RUNS}/{run_id}").json()
    assert (run["state"], run["generation"], run["progress"]) == ("finished", 5, 1.0)


def test_a_run_that_goes_on_or_is_unknown_cannot_be_extended(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    reply = served.client.post(f"{RUNS}/{run_id}/extend", json={"generations": 2})
    assert reply.status_code == 409
    assert "running" in reply.json()["detail"]
    assert served.client.post(f"{RUNS}/999/extend", json={"generations": 2}).status_code == 404


@pytest.mark.parametrize("generations", [0, -1, 1.5, "2", True, None, 10**7])
def test_an_extension_by_something_else_than_a_count_is_refused(served: Serving, generations: object) -> None:
    reply = served.client.post(f"{RUNS}/1/extend", json={"generations": generations})
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "/generations"


def test_a_run_says_where_its_seeds_came_from(served: Serving) -> None:
    first = served.evolved(order()).runs[0].id
    second = served.evolved(order(overrides={**SMALL, "seeds": ["0.1", f"run:{first}"]})).runs[0].id
    best = served.client.get(f"{RUNS}/{first}").json()["best_individual_id"]
    (source,) = served.client.get(f"{RUNS}/{second}").json()["seeds_from"]
    assert (source["seed"], source["run_id"], source["individual_id"]) == (f"run:{first}", first, best)
    assert served.client.get(f"{RUNS}/{first}").json()["seeds_from"] == []


def test_generations_are_listed_in_order(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    first = served.client.get(f"{RUNS}/{run_id}/generations", params={"page_size": 3}).json()
    parameters = {"page_size": 3, "page_token": first["next_page_token"]}
    rest = served.client.get(f"{RUNS}/{run_id}/generations", params=parameters).json()
    assert [generation["number"] for generation in first["items"] + rest["items"]] == [0, 1, 2, 3]
    assert all(generation["population"] == 6 for generation in first["items"])
    assert rest["items"][-1]["digest"] == served.client.get(f"{RUNS}/{run_id}").json()["digest"]


def test_individuals_are_listed_by_generation_and_index(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    address = f"{RUNS}/{run_id}/individuals"
    first = served.client.get(address, params={"page_size": 20}).json()
    rest = served.client.get(address, params={"page_token": first["next_page_token"]}).json()
    places = [(one["generation"], one["index"]) for one in first["items"] + rest["items"]]
    assert places == [(generation, index) for generation in range(4) for index in range(6)]
    second = served.client.get(address, params={"generation": 1}).json()["items"]
    assert [(one["generation"], one["index"]) for one in second] == places[6:12]
    assert all(one["rates"] is None or len(one["rates"]) == 5 for one in second)


def test_a_token_of_another_list_is_refused(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    token = served.client.get(f"{RUNS}/{run_id}/individuals", params={"page_size": 1}).json()["next_page_token"]
    reply = served.client.get(f"{RUNS}/{run_id}/generations", params={"page_token": token})
    assert reply.status_code == 422


@pytest.mark.parametrize("what", ["", "/generations", "/individuals", "/evaluations", "/figures/fitness"])
def test_an_unknown_run_is_not_found(client: httpx.Client, what: str) -> None:
    reply = client.get(f"{RUNS}/17{what}")
    assert (reply.status_code, reply.json()["detail"]) == (404, "There is no run 17.")


@pytest.mark.parametrize("run_id", ["0", "-1", "x", str(2**63), "9" * 5000])
def test_an_id_that_cannot_be_one_is_refused(client: httpx.Client, run_id: str) -> None:
    assert client.get(f"{RUNS}/{run_id}").status_code == 422


def test_infinity_in_the_database_breaks_no_list(served: Serving, farm: Farm) -> None:
    run_id = served.evolved(order()).runs[0].id
    with farm.database.write() as session:
        run = served.farm.run(served.farm.launch(order()))
        run.best_fitness = float("inf")
        session.merge(run)
    listed = served.client.get(RUNS).json()["items"]
    assert [one["best_fitness"] for one in listed if one["id"] != run_id] == [None]


def test_the_best_of_a_run_behave_differently_and_come_best_first(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    items = served.client.get(f"{RUNS}/{run_id}/best", params={"count": 3}).json()["items"]
    run = served.client.get(f"{RUNS}/{run_id}").json()
    assert items[0]["id"] == run["best_individual_id"]
    assert [item["fitness"] for item in items] == sorted((item["fitness"] for item in items), reverse=True)
    assert len({tuple(item["rates"]) for item in items}) == len(items) == 3
    assert served.client.get(f"{RUNS}/99/best").status_code == 404
    assert served.client.get(f"{RUNS}/{run_id}/best", params={"count": 0}).status_code == 422


def test_a_run_names_the_benchmarks_of_its_experiments_best(served: Serving) -> None:
    wanted = order(overrides={**SMALL, "benchmark": {"preset": "gp-2025-comparison", "best": 1}})
    run_id = served.farm.launch(wanted).runs[0].id
    (standing,) = served.client.get(f"{RUNS}/{run_id}").json()["benchmarks"]
    assert (standing["state"], standing["headline"]) == ("waiting", None)
    found = served.client.get(f"/api/v1/benchmarks/{standing['id']}").json()
    assert [run["id"] for run in found["runs"]] == [run_id]
    assert (found["trainings_finished"], found["progress"]) == (0, 0.0)
    (listed,) = served.client.get(RUNS).json()["items"]
    assert listed["benchmarks"] == [standing]
