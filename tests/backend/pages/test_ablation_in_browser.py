"""What the terms of a rule are good for, in a real browser: asked for, followed, read."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from backend.problems.result import EvaluationResult
from tests.backend.experiments.farm import order, rules_order
from tests.backend.experiments.proofs import prove_next
from tests.backend.pages.test_rules_in_browser import SOON
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser


def test_a_press_of_the_button_has_each_term_tried_and_the_table_fills_by_itself(page: Page, served: Serving) -> None:
    served.evolved(rules_order())
    page.goto("/individuals/1")
    page.get_by_role("button", name="What does each term do?").click(timeout=SOON)
    expect(page.get_by_role("progressbar", name="Trainings of the ablation")).to_be_visible(timeout=SOON)
    expect(page.locator("#ablation")).to_contain_text("so far")
    served.farm.work()
    first = page.locator("#ablation tbody tr").first
    expect(first).to_contain_text("x not kept from step to step", timeout=SOON)
    expect(first).to_contain_text(re.compile("worse|better|no difference"), timeout=SOON)
    expect(first.locator("math")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("#ablation tbody tr").nth(1)).to_contain_text("nothing would be learned")


def test_a_change_within_its_spread_is_called_no_difference(page: Page, served: Serving) -> None:
    served.evolved(rules_order())
    served.client.post("/api/v1/individuals/1/ablation", headers={"X-AutoLR": "1"})
    scores = iter([0.5, 0.3] * 6)
    while served.farm.sender.sent:
        claimed = served.farm.claim_next()
        assert claimed is not None
        served.farm.finish(claimed, EvaluationResult(next(scores), None, None, 0, False, (), 0.1))
    page.goto("/individuals/1")
    shown = page.locator("#ablation tbody tr").filter(has_text="x not kept")
    expect(shown).to_contain_text(
        re.compile("makes no difference shown|worse without it|better without it"), timeout=SOON
    )
    document = served.client.get("/api/v1/individuals/1/ablation").json()["variants"][0]
    within = abs(document["change"]) <= document["spread"]
    expect(shown.get_by_text("makes no difference shown")).to_have_count(1 if within else 0)


def test_what_was_not_trained_offers_no_ablation_and_a_schedule_has_none(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    page.goto("/individuals/1")
    expect(page.locator("#ablation")).to_contain_text("nothing to compare with", timeout=SOON)
    schedule = served.farm.launch(order())
    run_id = schedule.runs[0].id
    one = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"][0]
    page.goto(f"/individuals/{one['id']}")
    expect(page.locator("#words p").first).to_be_visible(timeout=SOON)
    expect(page.locator("#ablation")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_filled_table_has_no_fault_that_axe_finds_and_fits_a_telephone(
    page: Page, served: Serving, theme: str
) -> None:
    served.evolved(rules_order())
    served.client.post("/api/v1/individuals/1/ablation", headers={"X-AutoLR": "1"})
    served.client.post("/api/v1/individuals/1/proofs", json={"format": "torch"})
    prove_next(served.farm)
    page.emulate_media(color_scheme="light" if theme == "light" else "dark", reduced_motion="reduce")
    for done in (False, True):
        if done:
            served.farm.work()
        page.goto("/individuals/1")
        expect(page.locator("#ablation tbody tr")).to_have_count(2, timeout=SOON)
        expect(page.locator(".skeleton")).to_have_count(0, timeout=SOON)
        report = Axe().run(page)
        assert not report.violations_count, report.generate_report()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/individuals/1")
    expect(page.locator(".skeleton")).to_have_count(0, timeout=SOON)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
