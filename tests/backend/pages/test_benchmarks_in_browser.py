"""Benchmarks in a real browser: the table fills, the verdict comes by itself, in the words that the API has."""

import pytest
from playwright.sync_api import Page, expect

from tests.backend.experiments.contest import contest, finished, launched, worked
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def test_the_verdict_comes_by_itself_above_the_plots(page: Page, served: Serving) -> None:
    launched(served.farm, contest(name="mine"))
    later = served.farm.sender.sent[9:]
    del served.farm.sender.sent[9:]
    worked(served.farm)
    page.goto("/benchmarks/1")
    expect(page.locator("#live")).to_have_text("live", timeout=SOON)
    expect(page.locator("#verdict")).to_contain_text("No verdict yet", timeout=SOON)
    expect(page.locator("#facts")).to_contain_text("9 of 18")
    expect(page.locator("#comparisons-panel")).to_be_hidden()
    served.farm.sender.send(later)
    worked(served.farm)
    expect(page.locator(".headline")).to_have_text("evolved: better in 2 of 2 declared comparisons.", timeout=SOON)
    expect(page.locator("#verdict li")).to_have_count(2)
    expect(page.locator("#table tr.best th")).to_have_text("evolved finalist")
    expect(page.locator("#comparisons tbody tr")).to_have_count(2)
    expect(page.locator("#trials .js-plotly-plot")).to_be_visible(timeout=SOON)
    above, below = (page.locator(place).bounding_box() for place in ("#verdict", "#trials"))
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]


def test_a_rival_whose_best_rate_lies_at_the_edge_is_marked(page: Page, served: Serving) -> None:
    rivals = {"label": "constant", "schedule": "constant", "grid": {"learning_rate": [0.001, 0.01, 0.04]}}
    evolved = {"label": "evolved", "phenotype": "0.05"}
    finished(served.farm, contest(contenders=[evolved, rivals]))
    page.goto("/benchmarks/1")
    expect(page.locator("#table .edge")).to_have_count(1, timeout=SOON)
    expect(page.locator("#table tr", has=page.locator(".edge"))).to_contain_text("constant 0.04")
    expect(page.locator("#verdict")).to_contain_text("is the highest of those tried")


def test_a_preset_is_started_from_the_list(page: Page, served: Serving) -> None:
    page.goto("/benchmarks")
    expect(page.locator("#benchmarks")).to_contain_text("Nothing has been compared yet", timeout=SOON)
    page.get_by_role("button", name="Start gp-2025-comparison").click()
    expect(page.locator("#name")).to_have_text("gp-2025-comparison", timeout=SOON)
    assert page.url.endswith("/benchmarks/1")


def test_a_benchmark_is_cancelled_after_a_question(page: Page, served: Serving) -> None:
    launched(served.farm, contest())
    page.goto("/benchmarks/1")
    page.locator("#cancel").click()
    page.get_by_role("button", name="Cancel the benchmark").click()
    expect(page.locator("#state")).to_contain_text("cancelled", timeout=SOON)
    expect(page.locator("#verdict")).to_contain_text("No verdict: the benchmark was cancelled.")


def test_several_problems_are_chosen_from(page: Page, served: Serving) -> None:
    finished(served.farm, contest(problems=["mnist-1d", "digits"]))
    page.goto("/benchmarks/1")
    expect(page.locator("#table-about")).to_contain_text("test part of mnist-1d", timeout=SOON)
    page.locator("#problem").select_option("digits")
    expect(page.locator("#table-about")).to_contain_text("test part of digits")
    expect(page.locator("#comparisons tbody tr")).to_have_count(2)


def test_a_tuning_is_shown_while_it_goes_and_with_what_it_found(page: Page, served: Serving) -> None:
    evolved = {"label": "evolved", "phenotype": "0.05", "trainings": 0}
    contenders = [evolved, {"label": "constant", "schedule": "constant"}]
    tuning = {"trainings": 6, "by_chance": 3, "batch": 2, "budget": "equal_tuning"}
    launched(served.farm, contest(contenders=contenders, tuning=tuning))
    page.goto("/benchmarks/1")
    expect(page.locator("#state")).to_contain_text("tuning of the constants", timeout=SOON)
    expect(page.locator("#facts")).to_contain_text("0 of 18")
    expect(page.locator("#contenders")).to_contain_text("not finished yet")
    worked(served.farm)
    expect(page.locator("#contenders tr", has_text="Constant")).to_contain_text("best of 6 trainings", timeout=SOON)
    expect(page.locator("#contenders tr", has_text="typed in")).to_contain_text("not tuned")


def test_how_many_trainings_were_known_from_earlier_ones_is_said(page: Page, served: Serving) -> None:
    launched(served.farm, contest())
    worked(served.farm, taken_from=7)
    page.goto("/benchmarks/1")
    expect(page.locator("#facts")).to_contain_text("18 of 18 18 of them known from earlier trainings", timeout=SOON)
