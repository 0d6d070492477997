import json

from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm, order


def test_runs_are_listed_for_people_newest_first(autolr: Program, finished_run: int, farm: Farm) -> None:
    farm.launch(order(name="Another"))
    lines = autolr("runs", "list").out.splitlines()
    assert "Another" in lines[1]
    assert "running" in lines[1]
    assert "An experiment" in lines[2]
    assert "3 of 4" in lines[2]


def test_runs_are_listed_for_scripts_as_the_api_lists_them(autolr: Program, finished_run: int) -> None:
    listed = json.loads(autolr("runs", "list", "--json").out)
    assert listed["next_page_token"] is None
    (run,) = listed["items"]
    assert (run["id"], run["state"], run["generation"]) == (finished_run, "finished", 3)


def test_only_runs_in_a_state_are_listed_if_that_is_wanted(autolr: Program, finished_run: int) -> None:
    assert json.loads(autolr("runs", "list", "--state", "failed", "--json").out)["items"] == []


def test_a_run_is_shown(autolr: Program, finished_run: int) -> None:
    shown = json.loads(autolr("runs", "show", str(finished_run), "--json").out)
    assert shown["savings"]["every_individual"] >= shown["savings"]["text_cache"] >= shown["savings"]["trained"] > 0
    assert shown["digest"] in autolr("runs", "show", str(finished_run)).out


def test_a_name_is_text_and_not_markup(autolr: Program, farm: Farm) -> None:
    farm.launch(order(name="[red]not red[/red]"))
    assert "[red]not red[/red]" in autolr("runs", "list").out


def test_a_run_that_is_not_there_is_said_so(autolr: Program, finished_run: int) -> None:
    outcome = autolr("runs", "show", "99")
    assert (outcome.code, outcome.err) == (2, "There is no run 99.\n")
