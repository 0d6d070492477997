"""Where an individual comes from and what can be started from it, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.backend.bred import Made, store
from tests.backend.experiments.farm import order, rules_order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000


def test_an_individual_shows_its_line_and_goes_further_back_when_asked(page: Page, served: Serving) -> None:
    rest = [[Made(f"0.{number}5", "mutation", (0,), number / 50)] for number in range(1, 30)]
    ids = store(served.farm.database, [[Made("0.1")], *rest])
    page.goto(f"/individuals/{ids[-1][0]}")
    steps = page.locator("#genealogy .steps > li")
    expect(steps).to_have_count(20, timeout=SOON)
    expect(steps.first).to_contain_text("became")
    expect(page.locator("#line .js-plotly-plot")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Further back").click()
    expect(steps).to_have_count(30, timeout=SOON)
    expect(steps.last).to_contain_text("drawn at random")
    expect(page.get_by_role("button", name="Further back")).to_be_hidden()


def test_an_individual_of_generation_0_has_nobody_before_it(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    page.goto("/individuals/1")
    expect(page.locator("#genealogy")).to_contain_text("there is nobody before it", timeout=SOON)
    expect(page.locator("#line")).to_be_hidden()


def test_a_run_is_started_from_an_individual(page: Page, served: Serving) -> None:
    served.evolved(order())
    page.goto("/individuals/3")
    page.get_by_role("link", name="Start from this").click(timeout=SOON)
    expect(page.locator("#field-seeds")).to_have_value("individual:3", timeout=SOON)
    expect(page.locator("#field-seeds")).to_be_visible()
    page.get_by_label("protect seeds").check()
    page.get_by_role("button", name="Launch", exact=True).click(timeout=SOON)
    expect(page).to_have_url(re.compile("/runs/2$"), timeout=SOON)
    expect(page.locator("#facts")).to_contain_text("individual 3", timeout=SOON)


def test_of_an_exported_file_that_is_pasted_the_formula_is_the_seed(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    source = served.client.get("/api/v1/individuals/1/export?format=torch").text
    phenotype = served.client.get("/api/v1/individuals/1").json()["phenotype"]
    page.goto("/launch?like=1&seeds=")
    expect(page.locator("#field-seeds")).to_be_enabled(timeout=SOON)
    page.locator("#field-seeds").evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }));
        }""",
        source,
    )
    expect(page.locator("#field-seeds")).to_have_value(f"{phenotype}\n")
