"""The form of a new benchmark in a real browser, from a preset, from an individual, from scratch; and from a run."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.backend.experiments.farm import order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def contender(page: Page, place: int) -> Locator:
    return page.locator(".contender").nth(place)


def test_a_preset_is_changed_and_started_with_what_was_typed(page: Page, served: Serving) -> None:
    page.goto("/benchmarks")
    page.get_by_role("link", name="Change gp-2025-comparison before it starts").click(timeout=SOON)
    expect(page.locator(".contender")).to_have_count(4, timeout=SOON)
    expect(page.locator("#differences")).to_contain_text("Nothing.", timeout=SOON)
    expect(page.locator("#cost")).to_contain_text("at most 80")
    page.get_by_label("trials", exact=True).first.fill("4")
    page.get_by_label("seed", exact=True).fill("11")
    contender(page, 3).get_by_role("button", name="Remove").click()
    expect(page.locator("#differences")).to_contain_text("contenders, cosine", timeout=SOON)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile("/benchmarks/1$"), timeout=SOON)
    found = served.client.get("/api/v1/benchmarks/1").json()
    assert (found["preset"], found["trials"], found["seed"]) == ("gp-2025-comparison", 4, 11)
    assert found["contenders"] == ["evolved", "constant", "step"]


def test_from_scratch_with_contenders_of_every_kind(page: Page, served: Serving) -> None:
    page.goto("/benchmarks/new")
    page.get_by_label("preset", exact=True).select_option("")
    expect(page.locator(".contender")).to_have_count(0, timeout=SOON)
    chosen = [("human_made", "adam"), ("schedule", "cosine"), ("built_in", "lion")]
    for place, (way, name) in enumerate(chosen):
        page.get_by_role("button", name="Add a contender").click()
        contender(page, place).get_by_label("is", exact=True).select_option(way)
        contender(page, place).get_by_label("which").locator("visible=true").select_option(name)
    page.get_by_role("button", name="Add a contender").click()
    typed = contender(page, 3)
    typed.get_by_label("is", exact=True).select_option("phenotype")
    typed.get_by_label("called").fill("mine")
    typed.get_by_label("formula").fill("0.05")
    typed.get_by_label("finalist").check()
    contender(page, 1).get_by_text("constants and more").click()
    contender(page, 1).get_by_label("learning rate").fill("0.02")
    expect(page.locator("#cost")).to_contain_text("at most 40", timeout=SOON)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile("/benchmarks/1$"), timeout=SOON)
    declared = served.client.get("/api/v1/benchmarks/1").json()["declaration"]
    assert [each["label"] for each in declared["contenders"]] == ["Adam", "Cosine decay", "lion", "mine"]
    assert declared["contenders"][1]["constants"] == {"learning_rate": 0.02}
    assert declared["finalists"] == ["mine"]


def test_faults_stand_by_their_fields_while_typing(page: Page) -> None:
    page.goto("/benchmarks/new?preset=gp-2025-comparison")
    formula = contender(page, 0).get_by_label("formula")
    formula.fill("0.05 +", timeout=SOON)
    expect(contender(page, 0)).to_contain_text("read as schedule program", timeout=SOON)
    expect(formula).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_disabled()
    formula.fill("0.05")
    page.locator("#field-protocol-epochs").fill("0")
    expect(page.locator("#error-field-protocol-epochs")).to_contain_text("greater than or equal to 1", timeout=SOON)
    page.locator("#field-protocol-epochs").fill("5")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled(timeout=SOON)


def test_so_few_trials_are_warned_of_before_anything_is_trained(page: Page) -> None:
    page.goto("/benchmarks/new?preset=gp-2025-comparison")
    page.get_by_label("trials", exact=True).first.fill("3", timeout=SOON)
    expect(page.locator("#warnings")).to_contain_text("can show nothing", timeout=SOON)
    expect(page.locator("#cost")).to_contain_text("trials are needed to show anything")


def test_a_contender_that_was_removed_is_put_back(page: Page) -> None:
    page.goto("/benchmarks/new?preset=gp-2025-comparison")
    contender(page, 0).get_by_role("button", name="Remove").click(timeout=SOON)
    expect(page.locator(".contender")).to_have_count(3)
    page.get_by_role("button", name="Put it back").click()
    expect(contender(page, 0).get_by_label("called")).to_have_value("evolved")
    expect(contender(page, 0).get_by_label("finalist")).to_be_checked()
    expect(page.locator("#differences")).to_contain_text("Nothing.", timeout=SOON)


def test_a_half_filled_form_survives_a_reload_until_it_is_started_over(page: Page) -> None:
    page.goto("/benchmarks/new")
    expect(page.locator(".contender").first).to_be_visible(timeout=SOON)
    page.get_by_label("name", exact=True).fill("mine")
    page.get_by_role("button", name="Add a contender").click()
    before = page.locator(".contender").count()
    expect(page.locator("#verdict")).to_contain_text("need", timeout=SOON)
    page.reload()
    expect(page.locator(".contender")).to_have_count(before, timeout=SOON)
    expect(page.get_by_label("name", exact=True)).to_have_value("mine")
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".contender")).to_have_count(before - 1, timeout=SOON)
    expect(page.get_by_label("name", exact=True)).to_have_value("")


def test_a_tuning_is_switched_off_and_put_back(page: Page) -> None:
    page.goto("/benchmarks/new?preset=mnist-1d-rules")
    tuning, trainings = (
        page.get_by_label("tuning of the constants", exact=True),
        page.locator("#field-tuning-trainings"),
    )
    expect(trainings).to_have_value("20", timeout=SOON)
    tuning.uncheck()
    expect(trainings).to_be_hidden()
    expect(page.locator("#cost")).to_contain_text("at most 70", timeout=SOON)
    page.get_by_role("button", name="Put back tuning").click()
    expect(trainings).to_be_visible()
    expect(page.locator("#cost")).to_contain_text("at most 210", timeout=SOON)


def test_an_individual_is_held_against_rivals_that_suit_it(page: Page, served: Serving) -> None:
    served.evolved(order())
    best = served.client.get("/api/v1/runs/1/best?count=1").json()["items"][0]["id"]
    page.goto(f"/individuals/{best}")
    page.get_by_role("link", name="Benchmark this").click(timeout=SOON)
    expect(contender(page, 0).get_by_label("individual's number")).to_have_value(str(best), timeout=SOON)
    expect(contender(page, 0).get_by_label("finalist")).to_be_checked()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled(timeout=SOON)
    expect(page.locator("#problems input:checked")).to_have_count(1)


def test_the_best_of_a_run_are_benchmarked_by_one_press(page: Page, served: Serving) -> None:
    served.evolved(order())
    page.goto("/runs/1")
    page.get_by_role("button", name="Benchmark its best").click(timeout=SOON)
    page.get_by_label("how many of the best").fill("2")
    page.get_by_label("against the rivals of").select_option("gp-2025-comparison")
    page.get_by_label("on the run's own problem").check()
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile("/benchmarks/1$"), timeout=SOON)
    found = served.client.get("/api/v1/benchmarks/1").json()
    best = served.client.get("/api/v1/runs/1/best?count=2").json()["items"]
    assert [each["individual_id"] for each in found["entrants"]][:2] == [each["id"] for each in best]
    assert (found["problems"], found["declaration"]["protocol"]["epochs"]) == (["mnist-1d"], 5)
    expect(page.locator("#facts")).to_contain_text("run 1", timeout=SOON)
    page.locator("#facts").get_by_role("link", name="run 1").click()
    expect(page.locator("#benchmarks")).to_contain_text("best of", timeout=SOON)


def test_what_follows_a_search_is_ordered_with_it_and_named_on_its_page(page: Page, served: Serving) -> None:
    page.goto("/launch?preset=quickstart")
    page.get_by_label("population size", exact=True).fill("4", timeout=SOON)
    page.get_by_label("generations", exact=True).fill("2")
    page.get_by_label("benchmark the best", exact=True).check()
    page.get_by_label("rivals, problems and protocol of").select_option("gp-2025-comparison")
    page.get_by_label("how many of the best").fill("9")
    expect(page.locator("#error-field-benchmark-best")).to_contain_text("the population has only 4", timeout=SOON)
    page.get_by_label("how many of the best").fill("1")
    expect(page.locator("#cost")).to_contain_text("trainings of the benchmark", timeout=SOON)
    page.get_by_role("button", name="Launch").click()
    page.wait_for_url(re.compile("/runs/1$"), timeout=SOON)
    expect(page.locator("#benchmarks")).to_contain_text("begins by itself when all runs", timeout=SOON)
    page.locator("#benchmarks").get_by_role("link").click()
    expect(page.locator("#state")).to_contain_text("begins by itself when its runs have ended", timeout=SOON)
    expect(page.locator("#facts")).to_contain_text("waits for")
