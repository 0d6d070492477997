"""The run page while things happen: generations arrive by themselves, a zoom stays, buttons do what they say."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backend.experiments.launch import Launched
from tests.backend.experiments.farm import order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def _train_a_generation(served: Serving, launched: Launched) -> None:
    number = served.farm.run(launched).generation
    while served.farm.sender.sent and served.farm.run(launched).generation == number:
        served.farm.train_next()


@pytest.fixture
def launched(served: Serving) -> Launched:
    """A run of four generations, of which the first is evaluated."""
    found = served.farm.launch(order())
    _train_a_generation(served, found)
    return found


def test_a_new_generation_appears_without_a_reload(page: Page, served: Serving, launched: Launched) -> None:
    page.goto("/runs/1")
    expect(page.locator("#live")).to_have_text("live", timeout=SOON)
    expect(page.locator("#events")).to_contain_text("generation 0 evaluated", timeout=SOON)
    _train_a_generation(served, launched)
    expect(page.locator("#events")).to_contain_text("generation 1 evaluated", timeout=SOON)
    # A generation of known behaviours alone is evaluated as soon as it is bred: it may even be a later one.
    expect(page.locator("#strip-title")).to_contain_text(re.compile("Generation [23]"), timeout=SOON)


def test_a_zoom_survives_the_next_generation(page: Page, served: Serving, launched: Launched) -> None:
    page.goto("/runs/1")
    chart = page.locator("#fitness .js-plotly-plot")
    expect(chart).to_be_visible(timeout=SOON)
    area = page.locator("#fitness .nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.6, area["y"] + area["height"] * 0.7, steps=5)
    page.mouse.up()
    zoomed = chart.evaluate("plot => plot.layout.yaxis.range.slice()")
    _train_a_generation(served, launched)
    points = "plot => plot.data.find(trace => trace.name === 'best').x.length"
    for _ in range(100):
        if chart.evaluate(points) > 1:
            break
        page.wait_for_timeout(100)
    assert chart.evaluate(points) > 1
    assert chart.evaluate("plot => plot.layout.yaxis.range.slice()") == zoomed


def test_no_chart_offers_to_leave_this_server(page: Page, launched: Launched) -> None:
    page.goto("/runs/1")
    expect(page.locator("#fitness .modebar-btn").first).to_be_attached(timeout=SOON)
    titles = page.locator("#fitness .modebar-btn").evaluate_all("all => all.map(one => one.dataset.title)")
    assert "Zoom" in titles
    assert not any("Share" in title or "loud" in title for title in titles)


def test_stop_lets_the_generation_finish_and_the_page_says_so(page: Page, served: Serving, launched: Launched) -> None:
    page.goto("/runs/1")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#state")).to_contain_text("stopping", timeout=SOON)
    served.farm.work()
    expect(page.locator("#state")).to_contain_text("stopped", timeout=SOON)
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_cancel_asks_first_and_can_be_thought_better_of(page: Page, launched: Launched) -> None:
    page.goto("/runs/1")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Keep it running").click()
    expect(page.locator("#state")).to_contain_text("running")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Cancel the run").click()
    expect(page.locator("#state")).to_contain_text("cancelled", timeout=SOON)


def test_a_run_that_has_ended_is_extended(page: Page, served: Serving, launched: Launched) -> None:
    served.farm.work()
    page.goto("/runs/1")
    page.get_by_label("more generations").fill("two")
    page.get_by_role("button", name="Extend").click()
    expect(page.locator("#notice")).to_contain_text("generations", timeout=SOON)
    page.get_by_label("more generations").fill("2")
    page.get_by_role("button", name="Extend").click()
    expect(page.locator("#state")).to_contain_text("running", timeout=SOON)
    expect(page.get_by_role("button", name="Extend")).to_be_hidden()
    served.farm.work()
    expect(page.locator("#state")).to_contain_text("6 of 6 generations", timeout=SOON)


def test_the_best_individual_is_exported_as_a_file(
    page: Page, served: Serving, launched: Launched, tmp_path: Path
) -> None:
    page.goto("/runs/1")
    with page.expect_download(timeout=SOON) as download:
        page.locator("#export").click(timeout=SOON)
    download.value.save_as(tmp_path / "best.py")
    assert "def schedule(" in (tmp_path / "best.py").read_text()


def test_a_curve_of_the_strip_opens_its_individual(page: Page, launched: Launched) -> None:
    page.goto("/runs/1")
    page.locator("#earlier").click(timeout=SOON)
    page.locator("#strip a:has-text('0.')").first.click(timeout=SOON)
    expect(page.locator("#score")).to_contain_text("fitness", timeout=SOON)


def test_the_person_can_stop_everything_from_moving(page: Page, served: Serving, launched: Launched) -> None:
    page.goto("/runs/1")
    expect(page.locator("#live")).to_have_text("live", timeout=SOON)
    page.locator("#live").click()
    expect(page.locator("#live")).to_have_text("paused")
    _train_a_generation(served, launched)
    page.wait_for_timeout(1500)
    expect(page.locator("#events")).not_to_contain_text("generation 1 evaluated")
    page.locator("#live").click()
    expect(page.locator("#events")).to_contain_text("generation 1 evaluated", timeout=SOON)


def test_the_head_says_when_the_server_is_gone_and_keeps_what_stands(
    page: Page, served: Serving, launched: Launched
) -> None:
    page.goto("/runs/1")
    expect(page.locator("#fitness .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#live")).to_have_text("live", timeout=SOON)
    served.end()
    expect(page.locator("#live")).to_have_text("reconnecting", timeout=SOON)
    expect(page.locator("#fitness .js-plotly-plot")).to_be_visible()


def test_what_was_known_from_earlier_trainings_is_said_of_the_run_and_of_its_best(page: Page, served: Serving) -> None:
    made = served.farm.launch(order())
    served.farm.work(taken_from=7)
    page.goto(f"/runs/{made.runs[0].id}")
    expect(page.locator("#facts")).to_contain_text("of them known from earlier trainings", timeout=SOON)
    page.goto(f"/individuals/{served.farm.run(made).best_individual_id}")
    expect(page.locator("#folds tbody tr").first).to_contain_text("taken over from evaluation 7", timeout=SOON)
