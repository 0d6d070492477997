import pytest

from backend.experiments.benchmark_files import FILES
from backend.problems.result import EvaluationResult
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched, reread
from tests.backend.experiments.farm import Farm

HOSTILE = "</script><b>&%_{}"


def written(farm: Farm, benchmark: Benchmark, format_name: str) -> str:
    with farm.database.read() as session:
        return FILES[format_name](session, reread(farm, benchmark)).text


def every_training_fails(farm: Farm) -> None:
    while farm.sender.sent:
        if (claimed := farm.claim_next()) is not None:
            farm.finish(claimed, EvaluationResult.failed("diverged", "the loss grew beyond all numbers"))


@pytest.mark.parametrize("format_name", list(FILES))
def test_a_benchmark_has_its_file_from_its_first_moment_to_its_last(farm: Farm, format_name: str) -> None:
    assert written(farm, launched(farm, contest()).benchmark, format_name)
    assert "evolved" in written(farm, finished(farm, contest()), format_name)


@pytest.mark.parametrize("format_name", list(FILES))
def test_where_all_trials_failed_the_file_says_so(farm: Farm, format_name: str) -> None:
    made = launched(farm, contest())
    every_training_fails(farm)
    assert {"html": "all trials of both failed", "latex": "(6 failed)", "csv": "diverged"}[format_name] in written(
        farm, made.benchmark, format_name
    )


@pytest.mark.parametrize("format_name", list(FILES))
def test_one_trial_and_labels_of_every_kind_are_written(farm: Farm, format_name: str) -> None:
    contenders = [{"label": HOSTILE, "phenotype": "0.05"}, {"label": "x" * 100, "phenotype": "0.01"}]
    done = finished(farm, contest(contenders=contenders, finalists=[HOSTILE], trials=1))
    text = written(farm, done, format_name)
    assert "x" * 100 in text
    assert (HOSTILE in text) == (format_name == "csv")


@pytest.mark.parametrize("format_name", ["html", "latex"])
def test_a_hundred_contenders_are_all_in_the_tables(farm: Farm, format_name: str) -> None:
    contenders = [{"label": f"rate {place}.", "phenotype": f"0.0{place:03d}"} for place in range(1, 101)]
    made = launched(farm, contest(contenders=contenders, finalists=["rate 7."], trials=2))
    text = written(farm, made.benchmark, format_name)
    assert all(f"rate {place}." in text for place in range(1, 101))
