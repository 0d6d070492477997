import pytest

from backend.store import generations
from tests.backend.experiments.farm import order, programs_order, rules_order
from tests.backend.serving import Serving

OF_RUNS = ("fitness", "behaviours", "heatmap", "bloat")
OF_INDIVIDUALS = ("rates", "response", "surface", "training")


def _addresses(served: Serving, run_id: int) -> list[str]:
    individual = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"][-1]["id"]
    return [f"/api/v1/runs/{run_id}/figures/{name}" for name in OF_RUNS] + [
        f"/api/v1/individuals/{individual}/figures/{name}" for name in OF_INDIVIDUALS
    ]


@pytest.mark.parametrize("finished", [False, True])
def test_every_figure_is_plotlys_json(served: Serving, finished: bool) -> None:
    launched = served.evolved(order()) if finished else served.farm.launch(order())
    for address in _addresses(served, launched.runs[0].id):
        figure = served.client.get(address).json()
        assert figure.keys() >= {"data", "layout"}


def test_a_figure_that_has_not_changed_is_not_sent_again(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    for address in _addresses(served, run_id):
        first = served.client.get(address)
        again = served.client.get(address, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


def test_a_figure_that_has_changed_is_sent_with_another_tag(served: Serving) -> None:
    run_id = served.farm.launch(order()).runs[0].id
    address = f"/api/v1/runs/{run_id}/figures/fitness"
    before = served.client.get(address).headers["etag"]
    served.farm.work()
    after = served.client.get(address, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["etag"] != before


def test_the_rates_are_drawn_past_the_last_trained_epoch(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    individual = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"][0]
    figure = served.client.get(f"/api/v1/individuals/{individual['id']}/figures/rates").json()
    own = next(line for line in figure["data"] if line["name"] == f"individual {individual['id']}")
    assert own["y"][:5] == individual["rates"]
    assert len(own["y"]) == 8


def test_every_figure_of_rules_is_plotlys_json(served: Serving) -> None:
    for address in _addresses(served, served.evolved(rules_order()).runs[0].id):
        assert served.client.get(address).json().keys() >= {"data", "layout"}


def test_rules_have_a_response_and_no_rates_and_schedules_the_reverse(served: Serving) -> None:
    drawn = {}
    for kind, wanted in (("schedule", order()), ("rule", rules_order())):
        run_id = served.evolved(wanted).runs[0].id
        individual = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"][0]["id"]
        for name in ("rates", "response"):
            figure = served.client.get(f"/api/v1/individuals/{individual}/figures/{name}").json()
            drawn[kind, name] = len(figure["data"]) > 0
    assert [pair for pair, lines in drawn.items() if lines] == [("schedule", "rates"), ("rule", "response")]


def test_the_chart_of_a_run_of_rules_has_all_four_baselines(served: Serving) -> None:
    run_id = served.evolved(rules_order()).runs[0].id
    names = [trace["name"] for trace in served.client.get(f"/api/v1/runs/{run_id}/figures/fitness").json()["data"]]
    run = served.client.get(f"/api/v1/runs/{run_id}").json()
    assert {baseline["name"] for baseline in run["baselines"] if baseline["fitness"] is not None} <= set(names)
    assert len(run["baselines"]) == 4
    assert run["baseline"] in run["baselines"]


def test_every_figure_of_programs_is_plotlys_json(served: Serving) -> None:
    for address in _addresses(served, served.evolved(programs_order()).runs[0].id):
        assert served.client.get(address).json().keys() >= {"data", "layout"}


def test_a_program_that_reads_the_loss_has_lines_at_three_and_a_surface_with_the_path_of_its_training(
    served: Serving,
) -> None:
    served.evolved(programs_order())
    lines = served.client.get("/api/v1/individuals/2/figures/rates").json()["data"]
    named = [line["name"] for line in lines if line.get("name")]
    assert named == [
        "mean rate in its training",
        "constant 0.001",
        "at a loss of 2.3",
        "at a loss of 1.2",
        "at a loss of 0.23",
    ]
    surface = served.client.get("/api/v1/individuals/2/figures/surface").json()["data"]
    assert [(trace["type"], trace.get("name")) for trace in surface][-1] == ("scatter", "where its trainings went")
    assert surface[0]["type"] == "heatmap"


def test_a_program_that_reads_the_epoch_alone_has_a_line_of_its_own_past_the_last_epoch_and_no_surface(
    served: Serving,
) -> None:
    served.evolved(programs_order())
    lines = served.client.get("/api/v1/individuals/1/figures/rates").json()["data"]
    assert [(line["name"], len(line["y"])) for line in lines] == [("constant 0.001", 8), ("individual 1", 8)]
    assert served.client.get("/api/v1/individuals/1/figures/surface").json()["data"] == []


def test_how_large_phenotypes_become_is_drawn_of_generations_that_know_it(served: Serving) -> None:
    for wanted in (order(), rules_order(), programs_order()):
        run_id = served.evolved(wanted).runs[0].id
        traces = served.client.get(f"/api/v1/runs/{run_id}/figures/bloat").json()["data"]
        assert [len(trace["x"]) for trace in traces] == [4] * 8


def test_generations_from_before_sizes_were_kept_are_left_out(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    with served.farm.database.write() as session:
        first = generations.get_one(session, run_id, 0)
        first.summary = {name: value for name, value in (first.summary or {}).items() if name != "extents"}
    traces = served.client.get(f"/api/v1/runs/{run_id}/figures/bloat").json()["data"]
    assert traces[0]["x"] == [1, 2, 3]
    assert served.client.get(f"/api/v1/runs/{run_id}/generations").json()["items"][0]["extents"] is None
