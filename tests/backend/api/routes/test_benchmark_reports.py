import httpx
import pytest

from backend.experiments.benchmark_presets import published_of
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched
from tests.backend.experiments.farm import Farm


def test_the_report_is_one_file_that_may_run_only_what_is_in_it(client: httpx.Client, farm: Farm) -> None:
    done = finished(farm, contest(name="mine"))
    reply = client.get(f"/api/v1/benchmarks/{done.id}/report.html")
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Disposition"] == f'inline; filename="benchmark-{done.id}.html"'
    fence = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in fence
    assert "sandbox allow-scripts" in fence
    assert "allow-same-origin" not in fence
    assert "evolved: better in 2 of 2 declared comparisons." in reply.text


def test_tables_for_a_paper_are_sent_as_latex(client: httpx.Client, farm: Farm) -> None:
    done = finished(farm, contest())
    reply = client.get(f"/api/v1/benchmarks/{done.id}/report.tex")
    assert reply.headers["Content-Type"] == "application/x-tex; charset=utf-8"
    assert r"\textbf{evolved}" in reply.text


@pytest.mark.parametrize("ending", ["html", "tex"])
def test_a_benchmark_that_runs_has_a_report_that_says_so_and_an_absent_one_has_none(
    client: httpx.Client, farm: Farm, ending: str
) -> None:
    made = launched(farm, contest())
    reply = client.get(f"/api/v1/benchmarks/{made.benchmark.id}/report.{ending}")
    assert reply.status_code == 200
    assert "Not finished yet (running): 0 of 18 trainings so far." in reply.text
    assert client.get(f"/api/v1/benchmarks/99/report.{ending}").status_code == 404


def test_published_figures_are_sent_with_the_benchmark_that_was_made_from_their_preset(
    client: httpx.Client, farm: Farm
) -> None:
    contenders = [{"label": "evolved", "phenotype": "0.05"}, {"label": "step", "phenotype": "0.01"}]
    made = launched(farm, contest(problems=["mnist-1d-2025"], contenders=contenders))
    address = f"/api/v1/benchmarks/{made.benchmark.id}"
    assert client.get(address).json()["published"] is None
    with farm.database.write() as session:
        row = session.get(Benchmark, made.benchmark.id)
        assert row is not None
        row.preset = "gp-2025-comparison"
    found, preset = client.get(address).json()["published"], published_of("gp-2025-comparison")
    assert preset is not None
    assert (found["source"], found["word"]) == (preset.source, "recomputed")
    step = {"contender": "step", "problem": "mnist-1d-2025", "part": "fitness", "mean": 0.475, "sd": 0.012, "n": 10}
    assert found["figures"] == [step]
