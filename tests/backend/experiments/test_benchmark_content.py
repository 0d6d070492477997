import json
from typing import Any

import yaml

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark
from backend.experiments.benchmark_content import benchmark_content, declaration_text
from backend.export.benchmark_content import BenchmarkContent
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched, reread
from tests.backend.experiments.farm import Farm

TUNED: dict[str, Any] = {
    "contenders": [
        {"label": "evolved", "phenotype": "0.05", "trainings": 0},
        {"label": "constant", "schedule": "constant"},
    ],
    "tuning": {"trainings": 4, "by_chance": 2, "batch": 2, "budget": "equal_tuning"},
}


def told(farm: Farm, benchmark: Benchmark, *, with_charts: bool = False) -> BenchmarkContent:
    with farm.database.read() as session:
        return benchmark_content(session, reread(farm, benchmark), with_charts=with_charts)


def test_a_finished_one_is_told_with_verdicts_best_first(farm: Farm) -> None:
    found = told(farm, finished(farm, contest(name="mine")))
    assert (found.name, found.unfinished) == ("mine", None)
    assert found.headline == "evolved: better in 2 of 2 declared comparisons."
    (on,) = found.problems
    assert (on.problem, on.part) == ("mnist-1d", "test")
    assert (on.results[0].label, on.results[0].best) == ("evolved", True)
    means = [row.mean or 0.0 for row in on.results]
    assert means == sorted(means, reverse=True)
    assert [each.outcome for each in found.verdicts] == ["better", "better"]
    assert [(each.rival, each.outcome, each.again) for each in on.comparisons] == [
        ("slow", "better", None),
        ("fast", "better", None),
    ]


def test_one_that_runs_is_told_as_far_as_it_is_and_says_so(farm: Farm) -> None:
    found = told(farm, launched(farm, contest()).benchmark, with_charts=True)
    assert found.unfinished is not None
    assert found.unfinished.startswith("Not finished yet (running): 0 of 18 trainings so far.")
    assert (found.headline, found.verdicts, found.problems[0].comparisons) == (None, (), ())
    assert [row.n for row in found.problems[0].results] == [0, 0, 0]
    assert found.problems[0].charts == ()


def test_charts_are_those_that_have_something_to_show(farm: Farm) -> None:
    plain = told(farm, finished(farm, contest()), with_charts=True)
    assert [chart.title for chart in plain.problems[0].charts] == ["All trials, mnist-1d", "How they learned, mnist-1d"]
    assert plain.charts == ()
    both = told(farm, finished(farm, contest(problems=["mnist-1d", "digits"], **TUNED)), with_charts=True)
    assert [len(on.charts) for on in both.problems] == [4, 4]
    assert [json.loads(chart.figure)["data"][0]["type"] for chart in both.charts] == ["heatmap"]


def test_a_tuned_contender_is_told_with_the_constants_found_and_the_usual_ones(farm: Farm) -> None:
    done = finished(farm, contest(**TUNED))
    resolved = ResolvedBenchmark.of_json(done.configuration)
    evolved, constant = told(farm, done).problems[0].contenders
    assert (evolved.text, evolved.usual, evolved.tuned) == ("0.05", None, "not tuned")
    assert (constant.text, constant.usual) == (resolved.tuned[0].text, resolved.contenders[1].text)
    assert constant.tuned.startswith("constant on mnist-1d: learning rate ")


def test_the_trainings_before_the_trials_are_told_with_who_had_less(farm: Farm) -> None:
    contenders = [{"label": "evolved", "phenotype": "0.05", "trainings": 0, "searched": 1200}, TUNED["contenders"][1]]
    found = told(farm, finished(farm, contest(**{**TUNED, "contenders": contenders})))
    words = {row.label: row.trainings for row in found.problems[0].results}
    assert words == {"evolved": "1,200 search", "constant": "4 tuning, fewer than the finalist"}


def test_published_figures_stand_beside_ours_the_scored_part_first(farm: Farm) -> None:
    made = launched(farm, contest())
    with farm.database.write() as session:
        row = session.get(Benchmark, made.benchmark.id)
        assert row is not None
        row.preset = "gp-2025-comparison"
    assert told(farm, made.benchmark).published is None
    rivals = [{"label": "evolved", "phenotype": "0.05"}, {"label": "constant", "phenotype": "0.01"}]
    made = launched(farm, contest(problems=["mnist-1d-2025"], contenders=rivals))
    with farm.database.write() as session:
        row = session.get(Benchmark, made.benchmark.id)
        assert row is not None
        row.preset = "gp-2025-comparison"
    found = told(farm, made.benchmark)
    assert found.published is not None
    assert found.published[0] == "recomputed"
    assert [[each.mean for each in row.published] for row in found.problems[0].results] == [[], [0.548]]


def test_the_declaration_can_be_run_again(farm: Farm) -> None:
    resolved = ResolvedBenchmark.of_json(finished(farm, contest(**TUNED)).configuration)
    again = BenchmarkConfiguration.model_validate(yaml.safe_load(declaration_text(resolved)))
    assert again == resolved.declaration


def test_the_versions_that_trained_it_are_named(farm: Farm) -> None:
    assert told(farm, finished(farm, contest())).made_with.startswith("AutoLR ")
