"""Schedule programs in a real browser: launched from the form, shown as curves, surface and tree, taken away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.backend.experiments.farm import PROGRAMS, programs_order
from tests.backend.serving import Serving

pytestmark = pytest.mark.browser

SOON = 15_000
# Planted by the orders of these tests: one reads the epoch alone and has dead parts, the other reads the loss.
OF_EPOCH, OF_LOSS = "/individuals/1", "/individuals/2"


def test_choosing_schedule_programs_brings_trees_and_takes_the_grammar_away(page: Page) -> None:
    page.goto("/launch?preset=quickstart")
    grammar = page.get_by_label("grammar", exact=True)
    expect(grammar).to_have_value("dlr-2020", timeout=SOON)
    expect(page.get_by_label("size limit")).to_be_hidden()
    page.get_by_label("what evolves").select_option("schedule_program")
    expect(grammar).to_be_hidden()
    expect(page.get_by_label("size limit")).to_be_visible()
    expect(page.get_by_label("set per")).to_be_visible()
    expect(page.get_by_label("initial rate")).to_be_hidden()
    expect(page.locator("#differences")).to_contain_text("representation", timeout=SOON)
    expect(page.locator("#samples svg").first).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Launch")).to_be_enabled()
    page.get_by_label("what evolves").select_option("schedule")
    expect(grammar).to_have_value(re.compile("^dlr"))
    expect(page.locator("#differences")).to_contain_text("Nothing.", timeout=SOON)


def test_an_option_of_grammars_is_off_once_trees_are_bred(page: Page) -> None:
    page.goto("/launch?preset=quickstart")
    page.locator("#group-search summary").click()
    page.get_by_label("adaptive mutation").check()
    page.get_by_label("what evolves").select_option("schedule_program")
    expect(page.locator("#differences")).to_contain_text("representation", timeout=SOON)
    expect(page.locator("#differences")).not_to_contain_text("adaptive mutation")
    expect(page.get_by_role("button", name="Launch")).to_be_enabled()


def test_a_run_of_programs_is_launched_from_the_form_by_keyboard(page: Page, served: Serving) -> None:
    page.goto("/launch?preset=gp-mnist1d")
    page.get_by_label("population size", exact=True).fill("8")
    share = page.get_by_label("epoch share")
    share.focus()
    page.keyboard.press("Space")
    expect(share).to_be_checked()
    page.get_by_label("size limit").fill("")
    expect(page.locator("#differences")).to_contain_text("epoch share", timeout=SOON)
    page.get_by_role("button", name="Launch").press("Enter")
    page.wait_for_url(re.compile("/runs/1$"), timeout=SOON)
    configuration = served.client.get("/api/v1/runs/1").json()["configuration"]
    search = configuration["search"]
    assert (search["representation"], search["epoch_share"], search["size_limit"]) == ("tree", True, None)
    assert (configuration["evolves"], configuration["grammar"]) == ("schedule_program", None)


def test_launching_one_like_a_run_of_programs_keeps_what_it_was(page: Page, served: Serving) -> None:
    served.farm.launch(programs_order())
    page.goto("/launch?like=1")
    expect(page.get_by_label("what evolves")).to_have_value("schedule_program", timeout=SOON)
    expect(page.get_by_label("grammar", exact=True)).to_be_hidden()
    expect(page.get_by_label("optimizer", exact=True)).to_have_value("adam")
    expect(page.get_by_label("seeds of generation 0")).to_have_value(re.compile("loss"))


def test_the_run_page_shows_formula_curves_small_shapes_and_how_large_they_become(page: Page, served: Serving) -> None:
    served.evolved(programs_order())
    page.goto("/runs/1")
    expect(page.locator("#best-formula math")).to_be_visible(timeout=SOON)
    expect(page.locator("#best .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#bloat .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#strip a svg")).to_have_count(6, timeout=SOON)
    expect(page.locator("#facts")).to_contain_text("expression trees")
    page.get_by_role("button", name="Earlier").click()
    page.get_by_role("button", name="Earlier").click()
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator("#strip")).to_contain_text("seed", timeout=SOON)
    # What reads the loss has a line at each of three.
    expect(page.locator("#strip a", has=page.locator("path.tenth")).first).to_be_visible()


def test_a_program_that_reads_the_loss_is_drawn_against_epoch_and_loss(page: Page, served: Serving) -> None:
    served.evolved(programs_order())
    page.goto(OF_LOSS)
    expect(page.locator("#surface .js-plotly-plot")).to_be_visible(timeout=SOON)
    expect(page.locator("#surface")).to_contain_text("where its trainings went")
    expect(page.locator("#rates")).to_contain_text("at a loss of 1.2", timeout=SOON)
    expect(page.locator("#curves")).to_contain_text("range of its batches", timeout=SOON)
    expect(page.locator("#formula math")).to_be_visible()
    expect(page.locator("#words")).to_contain_text("the loss of the batch before")


def test_a_program_that_reads_the_epoch_alone_has_its_curve_and_no_surface(page: Page, served: Serving) -> None:
    served.evolved(programs_order())
    page.goto(OF_EPOCH)
    expect(page.locator("#rates")).to_contain_text("constant 0.001", timeout=SOON)
    expect(page.locator("#surface")).to_be_hidden()
    expect(page.get_by_text("If the loss stayed the same")).to_be_hidden()


def test_the_tree_is_drawn_with_its_dead_parts_and_said_in_words(page: Page, served: Serving) -> None:
    served.farm.launch(programs_order())
    page.goto(OF_EPOCH)
    drawn = page.locator("#tree svg[role=img]")
    expect(drawn).to_have_attribute(
        "aria-label", re.compile("Tree of 9 nodes, depth 4.*4 nodes are dead"), timeout=SOON
    )
    expect(drawn.locator("g.node")).to_have_count(9)
    expect(drawn.locator("g.dead text")).to_have_text(["+", "−", "epoch", "epoch"])
    page.get_by_text("as an outline").click()
    expect(page.get_by_label("Outline of the tree")).to_contain_text("− – dead".replace(" –", "  –"))


def test_a_tree_of_hundreds_of_nodes_is_cut_and_says_how_many_are_left_out(page: Page, served: Serving) -> None:
    large = "add(epoch, multiply(0.5, loss))"
    while large.count("(") < 450:
        large = f"add({large}, sin({large}))"
    served.farm.launch(
        programs_order(overrides={**PROGRAMS, "seeds": [large], "search": {**_SEARCH, "depth_limit": 20}})
    )
    page.goto("/individuals/1")
    expect(page.locator("#tree")).to_contain_text("further away are left out", timeout=SOON)
    expect(page.locator("#proofs")).to_have_count(0)
    expect(page.locator("#tree g.cut").first).to_contain_text("more node")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_what_a_child_does_not_have_from_its_parent_is_marked_and_a_copy_is_called_one(
    page: Page, served: Serving
) -> None:
    served.evolved(programs_order())
    individuals = served.client.get("/api/v1/runs/1/individuals?page_size=100").json()["items"]
    details = [served.client.get(f"/api/v1/individuals/{one['id']}").json() for one in individuals]
    changed = next(one for one in details if any(parent["changes"] for parent in one["parents"]))
    page.goto(f"/individuals/{changed['id']}")
    expect(page.locator("#parents :is(ins, del)").first).to_be_visible(timeout=SOON)
    copied = next(one for one in details if one["operator"] == "copy")
    page.goto(f"/individuals/{copied['id']}")
    expect(page.locator("#parents")).to_contain_text("neither crossover nor mutation", timeout=SOON)


def test_a_program_is_taken_away_for_keras(page: Page, served: Serving, tmp_path: Path) -> None:
    served.farm.launch(programs_order())
    page.goto(OF_LOSS)
    with page.expect_download(timeout=SOON) as download:
        page.locator("#export a").first.click(timeout=SOON)
    download.value.save_as(tmp_path / "program.py")
    assert "keras" in (tmp_path / "program.py").read_text()


def test_the_list_of_runs_calls_them_by_words(page: Page, served: Serving) -> None:
    served.farm.launch(programs_order())
    page.goto("/")
    expect(page.locator("tbody")).to_contain_text("schedule program on mnist-1d", timeout=SOON)
    expect(page.locator("tbody")).to_contain_text("expression trees")


def test_a_problem_that_scores_on_published_test_data_says_so_wherever_it_is_met(page: Page, served: Serving) -> None:
    said = "Its fitness part is the published test data; it has no test part."
    page.goto("/problems")
    expect(page.get_by_role("region", name="MNIST-1D as published")).to_contain_text(said, timeout=SOON)
    expect(page.get_by_role("region", name="MNIST-1D", exact=True)).not_to_contain_text(said)
    page.goto("/launch?preset=gp-mnist1d-2025")
    expect(page.locator("#about-problem")).to_contain_text(said, timeout=SOON)
    overrides = {**PROGRAMS, "problem": "mnist-1d-2025", "training": {"epochs": 2, "val_loss": "dead"}}
    served.farm.launch(programs_order(overrides=overrides))
    page.goto("/runs/1")
    expect(page.locator("#flaw")).to_contain_text(said, timeout=SOON)


_SEARCH = {"representation": "tree", "population_size": 2, "generations": 1, "tournament_size": 1}
