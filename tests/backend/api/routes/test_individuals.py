import shlex
from typing import Any

import pytest

from tests.backend.experiments.farm import order, rules_order
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


def _rules(served: Serving) -> list[dict[str, Any]]:
    run_id = served.evolved(rules_order()).runs[0].id
    items: list[dict[str, Any]] = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"]
    return items


def test_rules_are_listed_with_formulas_and_without_rates(served: Serving) -> None:
    listed = _rules(served)
    assert len(listed) == 24
    assert all(one["rates"] is None and one["formula"].startswith("<math") for one in listed)
    assert listed[0]["operator"] == "seed"


def test_a_rule_says_what_it_is_function_by_function(served: Serving) -> None:
    momentum = _rules(served)[0]
    shown = served.client.get(f"/api/v1/individuals/{momentum['id']}").json()
    rule = shown["rule"]
    assert shown["words"].startswith("Momentum")
    assert (shown["formula"], shown["after_last_epoch"]) == (momentum["formula"], None)
    assert (rule["live_states"], rule["y"], rule["weight"]["text"]) == (["x"], None, "multiply(0.01, x)")
    assert "".join(piece["text"] for piece in rule["raw"]) == momentum["phenotype"]
    assert shown["exports"] == ["keras", "torch", "optax"]


def test_a_rule_marks_what_it_does_not_have_from_its_parents(served: Serving) -> None:
    listed = _rules(served)
    bred = [one for one in listed if one["operator"] in ("mutation", "crossover")]
    for one in bred:
        for parent in served.client.get(f"/api/v1/individuals/{one['id']}").json()["parents"]:
            assert (parent["changes"] == []) == (_formula(listed, parent["id"]) == one["formula"])
    survivor = next(one for one in listed if one["operator"] == "elite")
    (parent,) = served.client.get(f"/api/v1/individuals/{survivor['id']}").json()["parents"]
    assert parent["changes"] == []


def _formula(listed: list[dict[str, Any]], individual_id: int) -> str:
    formula: str = next(one["formula"] for one in listed if one["id"] == individual_id)
    return formula


def test_a_rule_that_cannot_train_says_why(served: Serving) -> None:
    grammar = "<start> ::= x = g; y = 0; z = 0; weight = <weight>\n<weight> ::= 0.1 | 0.2"
    overrides = {"evolves": "update_rule", "grammar": grammar, "search": {"population_size": 3, "generations": 1}}
    served.evolved(order(overrides=overrides))
    shown = served.client.get("/api/v1/individuals/1").json()
    assert (shown["reason"], shown["behaviour_key"]) == ("cannot_train", None)
    assert "whatever the gradient is" in shown["cannot_train"]


@pytest.mark.parametrize("library", ["keras", "torch", "optax"])
def test_a_rule_is_downloaded_for_each_library(served: Serving, library: str) -> None:
    momentum = _rules(served)[0]
    reply = served.client.get(f"/api/v1/individuals/{momentum['id']}/export?format={library}")
    assert reply.headers["content-disposition"] == f'attachment; filename="update_rule_{momentum["id"]}.py"'
    compile(reply.text, "update_rule.py", "exec")
    assert f"import {library}" in reply.text


def test_a_schedule_is_refused_for_a_library_that_it_has_no_form_for(served: Serving) -> None:
    individual = _individuals(served)[0]
    assert served.client.get(f"/api/v1/individuals/{individual['id']}").json()["exports"] == ["keras"]
    reply = served.client.get(f"/api/v1/individuals/{individual['id']}/export?format=torch")
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["parameter"] == "format"
    assert "keras" in reply.json()["detail"]


def test_an_unknown_format_is_refused(served: Serving) -> None:
    individual = _individuals(served)[0]
    assert served.client.get(f"/api/v1/individuals/{individual['id']}/export?format=tape").status_code == 422


@pytest.mark.parametrize("what", ["", "/export", "/figures/rates", "/figures/response", "/figures/training"])
def test_an_unknown_individual_is_not_found(served: Serving, what: str) -> None:
    reply = served.client.get(f"/api/v1/individuals/17{what}")
    assert (reply.status_code, reply.json()["detail"]) == (404, "There is no individual 17.")
