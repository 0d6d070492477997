"""Forms in a real browser: launching, faults by their fields, filtering, checking a grammar."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.backend.experiments.farm import order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def test_a_run_is_launched_from_the_form_with_what_was_typed(page: Page, served: Serving) -> None:
    page.goto("/launch?preset=quickstart")
    page.get_by_label("population size", exact=True).fill("4")
    page.get_by_label("generations", exact=True).fill("2")
    page.get_by_label("seed", exact=True).fill("11")
    expect(page.locator("#differences")).to_contain_text("population size", timeout=SOON)
    page.get_by_role("button", name="Launch").click()
    page.wait_for_url(re.compile("/runs/1$"), timeout=SOON)
    run = served.client.get("/api/v1/runs/1").json()
    assert (run["configuration"]["search"]["population_size"], run["generations"], run["seed"]) == (4, 2, 11)


def test_a_fault_stands_by_its_field_while_typing_and_nothing_typed_is_lost(page: Page) -> None:
    page.goto("/launch")
    population = page.get_by_label("population size", exact=True)
    population.fill("0")
    expect(page.locator("#error-field-search-population_size")).to_contain_text(
        "greater than or equal to 1", timeout=SOON
    )
    expect(population).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Launch")).to_be_disabled()
    expect(population).to_have_value("0")
    population.fill("8")
    expect(page.get_by_role("button", name="Launch")).to_be_enabled(timeout=SOON)
    expect(page.locator("#error-field-search-population_size")).to_be_empty()


def test_a_fault_of_two_fields_stands_by_the_one_it_names(page: Page) -> None:
    page.goto("/launch")
    page.get_by_label("tournament size", exact=True).fill("300")
    expect(page.locator("#error-field-search-tournament_size")).to_contain_text("population", timeout=SOON)


def test_faults_of_the_order_and_of_its_configuration_are_shown_together(page: Page) -> None:
    page.goto("/launch")
    page.get_by_label("seed", exact=True).fill("x")
    page.get_by_label("population size", exact=True).fill("0")
    expect(page.locator("#error-field-search-population_size")).not_to_be_empty(timeout=SOON)
    expect(page.locator("#error-seed")).not_to_be_empty()
    expect(page.locator("#verdict")).to_have_text("2 fields need a change.")


def test_a_change_can_be_put_back(page: Page) -> None:
    page.goto("/launch")
    epochs = page.get_by_label("epochs", exact=True)
    expect(epochs).not_to_have_value("", timeout=SOON)
    before = epochs.input_value()
    epochs.fill("3")
    page.get_by_role("button", name="Put back training, epochs").click(timeout=SOON)
    expect(epochs).to_have_value(before)
    expect(page.locator("#differences")).to_contain_text("Nothing.", timeout=SOON)


def test_another_preset_leaves_what_the_person_changed(page: Page) -> None:
    page.goto("/launch?preset=quickstart")
    page.get_by_label("population size", exact=True).fill("7")
    page.get_by_role("radio").nth(1).check()
    expect(page.get_by_label("population size", exact=True)).to_have_value("7")


def test_launching_one_like_a_run_begins_with_its_configuration(page: Page, served: Serving) -> None:
    own = "<start> ::= 0.1 | 0.01"
    overrides = {"grammar": own, "search": {"population_size": 5, "generations": 2}}
    served.farm.launch(order(preset="quickstart", overrides=overrides))
    page.goto("/runs/1")
    page.get_by_role("link", name="Launch one like it").click(timeout=SOON)
    expect(page.get_by_label("population size", exact=True)).to_have_value("5", timeout=SOON)
    expect(page.get_by_label("Grammar of your own, in BNF")).to_have_value(own)
    expect(page.locator("#differences")).to_contain_text("population size", timeout=SOON)


def test_an_empty_list_offers_presets_and_one_press_starts_one(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start").first.click(timeout=SOON)
    expect(page).to_have_url(re.compile("/runs/1$"), timeout=SOON)


def test_the_list_finds_runs_by_name_and_says_when_there_is_none(page: Page, served: Serving) -> None:
    served.evolved(order(name="first"))
    served.farm.launch(order(name="second", seed=8))
    page.goto("/")
    expect(page.locator("tbody tr")).to_have_count(2, timeout=SOON)
    page.get_by_label("search").fill("sec")
    expect(page.locator("tbody tr")).to_have_count(1, timeout=SOON)
    expect(page).to_have_url(re.compile("q=sec"))
    page.get_by_label("search").fill("third")
    expect(page.locator("#runs")).to_contain_text("No run matches", timeout=SOON)
    page.get_by_role("button", name="Show all runs").click()
    expect(page.locator("tbody tr")).to_have_count(2, timeout=SOON)


def test_names_are_shown_as_text_whatever_they_hold(page: Page, served: Serving) -> None:
    served.evolved(order(name="<img src=x onerror=alert(1)> & <b>bold</b>"))
    page.goto("/")
    expect(page.locator("tbody a")).to_have_text("<img src=x onerror=alert(1)> & <b>bold</b>", timeout=SOON)
    assert page.locator("main img").count() == 0


def test_a_grammar_of_ones_own_is_checked_while_typing(page: Page) -> None:
    page.goto("/grammars")
    own = page.get_by_label("BNF text")
    own.fill("<start> ::= <rate>\n<rate> ::= 0.1 | <nothing>\n")
    expect(page.locator("#verdict")).to_contain_text("Line 2, column", timeout=SOON)
    own.fill("<start> ::= 0.1 | 0.01\n")
    expect(page.locator("#verdict")).to_contain_text("This grammar is sound", timeout=SOON)
    expect(page.locator("#own-samples svg").first).to_be_visible(timeout=SOON)


def test_a_grammar_typed_before_the_script_has_come_is_checked(page: Page) -> None:
    held: list[Route] = []
    page.route("**/grammars.js", lambda route: held.append(route))
    with page.expect_request("**/grammars.js"):
        page.goto("/grammars", wait_until="commit")
    page.get_by_label("BNF text").fill("<start> ::= 0.1 | 0.01\n")
    held[0].continue_()
    expect(page.locator("#verdict")).to_contain_text("This grammar is sound", timeout=SOON)
