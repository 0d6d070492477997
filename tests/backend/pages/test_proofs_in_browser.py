"""Whether exported files are right, in a real browser: asked for by taking one away or by a button, followed, read."""

import pytest
from playwright.sync_api import Page, expect

from tests.backend.experiments.farm import order, rules_order
from tests.backend.experiments.proofs import NOT_PROVEN, PROVEN, prove_next
from tests.backend.pages.test_rules_in_browser import SOON
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser


def test_taking_a_file_away_asks_for_its_proof_and_the_page_says_what_came_of_it(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    page.goto("/individuals/1")
    expect(page.locator("#proofs")).to_contain_text("not proven yet", timeout=SOON)
    with page.expect_download(timeout=SOON):
        page.get_by_role("link", name="Export for PyTorch").click()
    expect(page.locator("#proofs")).to_contain_text("waits for a worker", timeout=SOON)
    prove_next(served.farm)
    expect(page.locator("#proofs")).to_contain_text(PROVEN.text, timeout=SOON)


def test_what_could_not_be_proven_says_why_and_is_tried_again_by_a_button(page: Page, served: Serving) -> None:
    served.farm.launch(rules_order())
    page.goto("/individuals/1")
    page.get_by_role("button", name="Prove it: Optax").click(timeout=SOON)
    expect(page.locator("#proofs")).to_contain_text("waits for a worker", timeout=SOON)
    prove_next(served.farm, NOT_PROVEN)
    expect(page.locator("#proofs")).to_contain_text(NOT_PROVEN.text, timeout=SOON)
    page.get_by_role("button", name="Try again: Optax").click()
    expect(page.locator("#proofs")).to_contain_text("waits for a worker", timeout=SOON)
    prove_next(served.farm)
    expect(page.locator("#proofs")).to_contain_text(PROVEN.text, timeout=SOON)


def test_a_schedule_is_proven_as_well(page: Page, served: Serving) -> None:
    served.farm.launch(order())
    page.goto("/individuals/1")
    expect(page.get_by_role("button", name="Prove it: Keras")).to_be_visible(timeout=SOON)
    expect(page.locator("#proofs dt")).to_have_count(1)
