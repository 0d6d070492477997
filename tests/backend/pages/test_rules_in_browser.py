"""Update rules in a real browser: launched from the form, shown as formulas, taken away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.backend.experiments.farm import RULES, rules_order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def test_what_evolves_decides_which_grammars_and_fields_are_offered(page: Page) -> None:
    page.goto("/launch?preset=quickstart")
    grammar = page.get_by_label("grammar", exact=True)
    expect(grammar).to_have_value("dlr-2020", timeout=SOON)
    page.get_by_label("what evolves").select_option("update_rule")
    offered = grammar.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert "joint" in offered
    assert "dlr-2020" not in offered
    expect(page.get_by_label("initial rate")).to_be_hidden()
    expect(page.locator("#samples math").first).to_be_visible(timeout=SOON)
    page.get_by_label("what evolves").select_option("schedule")
    expect(grammar).to_have_value(re.compile("^dlr"))
    expect(page.locator("#samples svg").first).to_be_visible(timeout=SOON)


def test_a_grammar_in_the_address_brings_what_it_evolves(page: Page) -> None:
    page.goto("/launch?preset=quickstart&grammar=joint")
    expect(page.get_by_label("grammar", exact=True)).to_have_value("joint", timeout=SOON)
    expect(page.get_by_label("what evolves")).to_have_value("update_rule")


def test_another_preset_brings_its_kind_and_its_grammar(page: Page) -> None:
    page.goto("/launch?preset=quickstart")
    expect(page.get_by_label("grammar", exact=True)).to_have_value("dlr-2020", timeout=SOON)
    page.get_by_label(re.compile("Rule, schedule and weight decay together, on MNIST-1D")).check()
    expect(page.get_by_label("grammar", exact=True)).to_have_value("joint")
    expect(page.get_by_label("seeds of generation 0")).to_have_value(re.compile("nesterov\nrmsprop"))


def test_a_run_of_rules_is_launched_from_the_form_with_its_seeds(page: Page, served: Serving) -> None:
    page.goto("/launch?preset=alr-quick")
    page.get_by_label("population size", exact=True).fill("6")
    page.get_by_text("begin with what is known already").click()
    page.get_by_label("seeds of generation 0").fill("momentum\nsgdd")
    expect(page.locator("#error-seeds")).to_contain_text(
        "seed 2: there is no human-made rule 'sgdd'; the nearest name is sgd", timeout=SOON
    )
    page.get_by_label("seeds of generation 0").fill("momentum\n\nx = 0; y = 0; z = 0; weight = multiply(0.5, g)")
    expect(page.locator("#differences")).to_contain_text("seeds", timeout=SOON)
    expect(page.locator("#error-seeds")).to_be_empty()
    page.get_by_role("button", name="Launch").click()
    page.wait_for_url(re.compile("/runs/1$"), timeout=SOON)
    configuration = served.client.get("/api/v1/runs/1").json()["configuration"]
    assert configuration["seeds"] == ["momentum", "x = 0; y = 0; z = 0; weight = multiply(0.5, g)"]


def test_launching_one_like_a_run_of_rules_keeps_kind_grammar_and_seeds(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    page.goto("/launch?like=1")
    expect(page.get_by_label("what evolves")).to_have_value("update_rule", timeout=SOON)
    expect(page.get_by_label("grammar", exact=True)).to_have_value(str(RULES["grammar"]))
    expect(page.get_by_label("seeds of generation 0")).to_have_value("momentum")


def test_the_run_page_shows_the_best_as_a_formula_and_a_generation_as_formulas(page: Page, served: Serving) -> None:
    served.evolved(rules_order())
    page.goto("/runs/1")
    expect(page.locator("#best-formula math")).to_be_visible(timeout=SOON)
    expect(page.locator("#best .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#strip a math")).to_have_count(6, timeout=SOON)
    expect(page.locator("#fitness")).to_contain_text("RMSprop 0.001", timeout=SOON)
    page.locator("#strip a").first.click()
    expect(page.locator("#formula math").first).to_be_visible(timeout=SOON)


def test_a_rule_stands_as_evolved_beside_what_is_left_and_what_is_dead_is_struck_out(
    page: Page, served: Serving
) -> None:
    grammar = (
        "<start> ::= x = <x>; y = multiply(x, g); z = 0; weight = add(multiply(0.1, g), multiply(0, g))\n<x> ::= g"
    )
    search = {"population_size": 2, "generations": 1, "tournament_size": 1}
    served.farm.launch(rules_order(overrides={"evolves": "update_rule", "grammar": grammar, "search": search}))
    page.goto("/individuals/1")
    rows = page.locator("#raw tbody tr")
    expect(rows).to_have_count(4, timeout=SOON)
    expect(rows.nth(1).locator("s")).to_have_text("multiply(x, g)")
    expect(rows.nth(1)).to_contain_text("not needed")
    expect(rows.nth(3).locator("code")).to_have_text("add(multiply(0.1, g), multiply(0, g))")
    expect(rows.nth(3).locator("s")).to_have_text("g")
    expect(rows.nth(3).locator("math")).to_be_visible()
    expect(page.locator("#response .js-plotly-plot")).to_be_visible(timeout=SOON)


def test_what_a_child_does_not_have_from_its_parent_is_marked(page: Page, served: Serving) -> None:
    served.evolved(rules_order())
    individuals = served.client.get("/api/v1/runs/1/individuals").json()["items"]
    changed = (served.client.get(f"/api/v1/individuals/{one['id']}").json() for one in individuals)
    child = next(one for one in changed if any(parent["changes"] for parent in one["parents"]))
    page.goto(f"/individuals/{child['id']}")
    expect(page.locator("#parents :is(ins, del)").first).to_be_visible(timeout=SOON)


@pytest.mark.parametrize(("library", "word"), [("Keras", "keras"), ("PyTorch", "torch"), ("Optax", "optax")])
def test_a_rule_is_taken_away_for_each_library(
    page: Page, served: Serving, tmp_path: Path, library: str, word: str
) -> None:
    served.farm.launch(rules_order())
    page.goto("/individuals/1")
    with page.expect_download(timeout=SOON) as download:
        page.get_by_role("link", name=f"Export for {library}").click(timeout=SOON)
    download.value.save_as(tmp_path / "rule.py")
    assert f"import {word}" in (tmp_path / "rule.py").read_text()
