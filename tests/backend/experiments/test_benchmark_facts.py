import pytest

from backend.experiments.benchmark_control import cancel_benchmark
from backend.experiments.benchmark_facts import facts_of, unfinished
from backend.experiments.benchmark_overview import BenchmarkOverview, benchmark_overviews
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched, reread, worked
from tests.backend.experiments.farm import Farm


def overview(farm: Farm, benchmark: Benchmark) -> BenchmarkOverview:
    with farm.database.read() as session:
        return benchmark_overviews(session, [reread(farm, benchmark)])[0]


def test_a_benchmark_is_told_in_facts(farm: Farm) -> None:
    facts = dict(facts_of(overview(farm, finished(farm, contest()))))
    assert (facts["state"], facts["trainings"], facts["seed"]) == ("finished", "18 of 18", "7")
    assert facts["protocol"] == "3 epochs, batch 128"
    assert facts["ended"].endswith(" UTC")
    assert "tuning" not in facts


def test_how_many_trainings_were_known_before_is_said_where_any_was(farm: Farm) -> None:
    made = launched(farm, contest())
    later = farm.sender.sent[7:]
    del farm.sender.sent[7:]
    worked(farm, taken_from=1)
    farm.sender.send(later)
    worked(farm)
    facts = dict(facts_of(overview(farm, made.benchmark)))
    assert facts["trainings"] == "18 of 18, 7 of them known from earlier trainings"


@pytest.mark.parametrize("budget", ["equal_tuning", "equal_total"])
def test_how_trainings_are_shared_out_is_said_where_there_is_somebody_in_question(farm: Farm, budget: str) -> None:
    tuning = {"trainings": 4, "by_chance": 2, "batch": 2, "budget": budget}
    said = {"equal_tuning": "easier for what was evolved", "equal_total": "search and tuning together"}[budget]
    assert said in dict(facts_of(overview(farm, launched(farm, contest(tuning=tuning)).benchmark)))["tuning"]
    without = launched(farm, contest(tuning=tuning, finalists=[])).benchmark
    assert dict(facts_of(overview(farm, without)))["tuning"] == "4 trainings on each problem, validation accuracy"


def test_what_was_cancelled_says_that_there_is_no_verdict(farm: Farm) -> None:
    made = launched(farm, contest())
    with farm.database.write() as session:
        cancel_benchmark(session, made.benchmark.id)
    assert (unfinished(overview(farm, made.benchmark)) or "").startswith("Cancelled before its end")
