"""Every page in a real browser, looked at by axe in both themes, by keyboard, and at the width of a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.backend.experiments.contest import contest, finished, launched
from tests.backend.experiments.farm import order, programs_order, rules_order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/launch",
    "/problems",
    "/grammars",
    "/workers",
    "/settings",
    "/import",
    "/benchmarks/new",
    "/nowhere",
    "/runs/1",
    "/individuals/1",
]
# The same of update rules, one that was bred among them.
PATHS += ["/launch?preset=joint-quick", "/grammars#joint", "/runs/2", "/individuals/25", "/individuals/48"]
# And of schedule programs: with a surface, without one.
PATHS += ["/launch?preset=gp-mnist1d", "/runs/3", "/individuals/49", "/individuals/50"]

# Benchmarks: the list, a finished one, one that runs.
PATHS += ["/benchmarks", "/benchmarks/1", "/benchmarks/2"]


def _open(page: Page, path: str) -> None:
    page.goto(path)
    # Panels that do not apply stay hidden, with the skeleton that they began with.
    expect(page.locator(".skeleton:visible")).to_have_count(0, timeout=20_000)
    expect(page.locator("[aria-busy]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_finds(page: Page, served: Serving, theme: str) -> None:
    served.evolved(order())
    served.evolved(rules_order())
    served.evolved(programs_order())
    finished(served.farm, contest())
    launched(served.farm, contest(seed=8))
    page.emulate_media(color_scheme="light" if theme == "light" else "dark", reduced_motion="reduce")
    found = {}
    for path in PATHS:
        _open(page, path)
        report = Axe().run(page)
        found[path] = report.generate_report() if report.violations_count else ""
    assert not any(found.values()), "\n".join(filter(None, found.values()))


def test_no_page_is_wider_than_a_telephone(page: Page, served: Serving) -> None:
    served.evolved(order())
    served.evolved(rules_order())
    served.evolved(programs_order())
    finished(served.farm, contest())
    launched(served.farm, contest(seed=8))
    page.set_viewport_size({"width": 360, "height": 740})
    for path in PATHS:
        _open(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_the_first_key_leads_past_the_head_to_the_content(page: Page) -> None:
    _open(page, "/workers")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_chosen_theme_is_kept_and_wins_over_the_systems(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    _open(page, "/settings")
    page.get_by_label("dark", exact=True).check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/workers")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
