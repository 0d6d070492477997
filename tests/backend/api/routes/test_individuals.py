import shlex
from typing import Any

import pytest

from tests.backend.experiments.farm import order
from tests.backend.serving import Serving


def _individuals(served: Serving, **changes: object) -> list[dict[str, Any]]:
    run_id = served.evolved(order(**changes)).runs[0].id
    items: list[dict[str, Any]] = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"]
    return items


def test_an_individual_says_what_it_is_and_where_it_comes_from(served: Serving) -> None:
    individuals = _individuals(served)
    child = next(one for one in individuals if one["operator"] == "crossover")
    shown = served.client.get(f"/api/v1/individuals/{child['id']}").json()
    parents = [one for one in individuals if one["generation"] == child["generation"] - 1]
    assert [parent["id"] for parent in shown["parents"]] == [parents[index]["id"] for index in child["parents"]]
    assert {name: shown[name] for name in child if name != "parents"} == {
        name: value for name, value in child.items() if name != "parents"
    }
    assert shown["mathml"].startswith("<math")
    assert shown["words"].endswith(".")
    assert shown["after_last_epoch"].endswith(".")


def test_an_individual_shows_its_trainings(served: Serving) -> None:
    trained = next(one for one in _individuals(served) if one["fitness"] is not None)
    (evaluation,) = served.client.get(f"/api/v1/individuals/{trained['id']}").json()["evaluations"]
    assert evaluation["score"] == trained["fitness"]
    assert trained["id"] in evaluation["individual_ids"]


def test_the_command_that_makes_it_again_says_what_differs_from_the_preset(served: Serving) -> None:
    individual = _individuals(served, preset="quickstart", seed=41)[0]
    words = shlex.split(served.client.get(f"/api/v1/individuals/{individual['id']}").json()["reproduce"])
    assert words[:5] == ["autolr", "run", "quickstart", "--seed", "41"]
    assert "search.population_size=6" in words


@pytest.mark.parametrize("query", ["", "?format=keras"])
def test_a_schedule_is_downloaded_as_a_python_file(served: Serving, query: str) -> None:
    individual = _individuals(served)[0]
    reply = served.client.get(f"/api/v1/individuals/{individual['id']}/export{query}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/x-python")
    assert reply.headers["content-disposition"] == f'attachment; filename="schedule_{individual["id"]}.py"'
    compile(reply.text, "schedule.py", "exec")


def test_an_unknown_format_is_refused(served: Serving) -> None:
    individual = _individuals(served)[0]
    assert served.client.get(f"/api/v1/individuals/{individual['id']}/export?format=tape").status_code == 422


@pytest.mark.parametrize("what", ["", "/export", "/figures/rates", "/figures/training"])
def test_an_unknown_individual_is_not_found(served: Serving, what: str) -> None:
    reply = served.client.get(f"/api/v1/individuals/17{what}")
    assert (reply.status_code, reply.json()["detail"]) == (404, "There is no individual 17.")
