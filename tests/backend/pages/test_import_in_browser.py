"""Imports in a real browser: files chosen, what came of them, and an imported run's pages."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.backend.cli.test_import_original import written
from tests.backend.originals.made import rules, schedules

pytestmark = pytest.mark.browser

SOON = 15_000


def test_a_folder_becomes_a_run_that_says_where_it_comes_from(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="Import from the original AutoLR").click()
    page.set_input_files("#folder", written(rules().files(), tmp_path / "theirs"))
    expect(page.get_by_role("status").get_by_text("1 run imported.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("cell", name="every generation is kept here.")).to_be_visible()
    page.get_by_role("link", name="See the run").click()
    expect(page.locator("#facts")).to_contain_text("trained by the original program", timeout=SOON)
    expect(page.locator("#facts")).not_to_contain_text("saved")
    page.get_by_text("what was not taken over").click()
    expect(page.locator("#leftovers")).to_contain_text("pickle")
    page.locator("#best-actions a").first.click()
    expect(page.locator("#folds")).to_contain_text("the original program trained it", timeout=SOON)
    expect(page.locator("#reproduce")).to_contain_text("imported")


def test_a_choice_made_before_the_script_has_come_is_not_lost(page: Page, tmp_path: Path) -> None:
    held: list[Route] = []
    page.route("**/import.js", lambda route: held.append(route))
    with page.expect_request("**/import.js"):
        page.goto("/import", wait_until="commit")
    page.set_input_files("#folder", written(rules().files(), tmp_path / "theirs"))
    expect(page.get_by_role("status").first).to_be_empty()
    held[0].continue_()
    expect(page.get_by_role("status").get_by_text("1 run imported.")).to_be_visible(timeout=SOON)


def test_one_launches_with_an_imported_grammar(page: Page, tmp_path: Path) -> None:
    written(rules().files(), tmp_path)
    page.goto("/import")
    page.set_input_files("#files", tmp_path / "grammars" / "adaptive.txt")
    expect(page.get_by_text("There were no runs, so nothing was stored.")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Launch with this grammar").click()
    expect(page.get_by_label("what evolves")).to_have_value("update_rule", timeout=SOON)
    expect(page.locator("#samples math").first).to_be_visible(timeout=SOON)


def test_bad_files_are_answered_with_the_reason(page: Page, tmp_path: Path) -> None:
    files = {**schedules().files(), "made_schedules/run_0/iteration_1.json": b'[{"id"'}
    page.goto("/import")
    page.set_input_files("#folder", written(files, tmp_path / "theirs"))
    expect(page.get_by_role("alert")).to_contain_text("Nothing was imported.", timeout=SOON)
    expect(page.get_by_role("alert")).to_contain_text("iteration_1.json, line 1: the JSON ends in the middle")
