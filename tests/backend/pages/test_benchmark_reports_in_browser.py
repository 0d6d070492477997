"""What a finished benchmark shows and gives away, in a real browser: panels, downloads, and the report offline."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000
HOSTILE = '</script><img src=x onerror="document.title=1">'
TUNED: dict[str, Any] = {
    "contenders": [
        {"label": HOSTILE, "phenotype": "0.05", "trainings": 0},
        {"label": "constant", "schedule": "constant"},
    ],
    "finalists": [HOSTILE],
    "tuning": {"trainings": 4, "by_chance": 2, "batch": 2, "budget": "equal_tuning"},
}


def test_panels_are_there_only_where_they_apply(page: Page, served: Serving) -> None:
    finished(served.farm, contest())
    page.goto("/benchmarks/1")
    expect(page.locator("#trials .js-plotly-plot")).to_be_visible(timeout=SOON)
    for name in ("tuning", "importance", "transfer"):
        expect(page.locator(f"#{name}-panel")).to_be_hidden()
    finished(served.farm, contest(problems=["mnist-1d", "digits"], **TUNED))
    page.goto("/benchmarks/2")
    for name in ("tuning", "importance", "transfer"):
        expect(page.locator(f"#{name} .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#importance")).to_contain_text("the only constant that was tuned")
    row = page.locator("#contenders tr", has_text="Constant")
    expect(row.locator("details summary")).to_have_text("untuned")


def test_published_figures_stand_beside_ours_with_their_source(page: Page, served: Serving) -> None:
    contenders = [{"label": "evolved", "phenotype": "0.05"}, {"label": "step", "phenotype": "0.01"}]
    made = launched(served.farm, contest(problems=["mnist-1d-2025"], contenders=contenders))
    with served.farm.database.write() as session:
        row = session.get(Benchmark, made.benchmark.id)
        assert row is not None
        row.preset = "gp-2025-comparison"
    page.goto("/benchmarks/1")
    expect(page.locator("#table tr", has_text="step")).to_contain_text("0.4750 ± 0.0120 fitness, n 10", timeout=SOON)
    expect(page.locator("#published")).to_contain_text("recomputed: ")


def test_the_downloads_are_a_menu_that_the_keyboard_opens_and_closes(page: Page, served: Serving) -> None:
    finished(served.farm, contest())
    page.goto("/benchmarks/1")
    page.locator("#download summary").press("Enter")
    expect(page.get_by_role("link", name="Tables for LaTeX")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Tables for LaTeX")).to_be_hidden()


def test_the_report_opens_without_a_network_and_obeys_no_label(
    browser: Browser, served: Serving, tmp_path: Path
) -> None:
    finished(served.farm, contest(name=HOSTILE, problems=["mnist-1d", "digits"], **TUNED))
    file = tmp_path / "report.html"
    file.write_bytes(served.client.get("/api/v1/benchmarks/1/report.html").content)
    context = browser.new_context(offline=True, color_scheme="dark", viewport={"width": 360, "height": 800})
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(file.as_uri())
    expect(tab.locator(".js-plotly-plot")).to_have_count(9, timeout=SOON)
    assert tab.locator("h1").inner_text() == HOSTILE
    assert tab.locator("img").count() == 0
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
    context.close()
