"""The benchmark that follows a search begins once, whoever is there to see it, with the best of all its runs."""

import threading
from typing import Any

import pytest

from backend.experiments.benchmark_begin import begin_benchmarks
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_control import cancel_benchmark
from backend.experiments.claim import Claimed
from backend.experiments.control import cancel
from backend.experiments.extend import extend
from backend.experiments.overview import overviews
from backend.experiments.recover import recover
from backend.problems.result import EvaluationResult
from backend.store import benchmarks, generations, lists
from backend.store.fittest import fittest
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import trained
from tests.backend.experiments.farm import Farm, order, score_of
from tests.backend.experiments.test_benchmark_after_search import searching


def the_benchmark(farm: Farm) -> Benchmark:
    with farm.database.read() as session:
        (found,) = benchmarks.page(session, limit=10)
    return found


def resolved(farm: Farm) -> ResolvedBenchmark:
    return ResolvedBenchmark.of_json(the_benchmark(farm).configuration)


def result_of(claimed: Claimed) -> EvaluationResult:
    return score_of(claimed) if claimed.benchmark_id is None else trained(claimed)


def worked(farm: Farm) -> None:
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, result_of(claimed))


def searched(farm: Farm, **changes: Any) -> Any:
    """Do the search alone: of the benchmark nothing is trained yet."""
    made = farm.launch(searching().model_copy(update=changes))
    while the_benchmark(farm).state == "waiting":
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, score_of(claimed))
    return made


def test_a_search_ends_in_a_verdict_on_its_best(farm: Farm) -> None:
    made = farm.launch(searching())
    worked(farm)
    found = the_benchmark(farm)
    assert (found.state, found.experiment_id) == ("finished", made.experiment.id)
    assert found.report is not None
    assert len(found.report["judged"]) == 4
    with farm.database.read() as session:
        best = fittest(session, [run.id for run in made.runs], 2)
    assert [each.individual_id for each in resolved(farm).contenders] == [*(one.id for one in best), None, None]
    assert len({str(each.content) for each in resolved(farm).contenders[:2]}) == 2


def test_it_waits_for_the_last_of_several_runs_and_takes_the_best_of_all(farm: Farm) -> None:
    made = farm.launch(searching().model_copy(update={"runs": 3}))
    assert farm.trained == 0
    for run in made.runs[:2]:
        with farm.database.write() as session:
            assert cancel(session, run.id).state == "cancelled"
        assert begin_benchmarks(farm.database, farm.sender) == 0
    assert the_benchmark(farm).state == "waiting"
    worked(farm)
    with farm.database.read() as session:
        rows = lists.runs_of_individuals(session, [each.individual_id or 0 for each in resolved(farm).contenders])
    assert [row.run.id for row in rows] == [made.runs[2].id]  # what was cancelled has not searched
    assert the_benchmark(farm).state == "finished"


def test_the_evaluations_of_the_search_are_the_same_with_and_without(farm: Farm) -> None:
    without, following = farm.launch(order()), farm.launch(searching())
    worked(farm)
    with farm.database.read() as session:
        digests = [generations.digest_before(session, made.runs[0].id, 4) for made in (without, following)]
        facts = overviews(
            session, lists.runs_of_experiments(session, [made.experiment.id for made in (without, following)])
        )
    assert digests[0] == digests[1]
    assert facts[0].trainings == facts[1].trainings
    assert (len(facts[0].benchmarks), len(facts[1].benchmarks)) == (0, 1)


def test_the_same_seed_gives_the_same_benchmark(farm: Farm) -> None:
    farm.launch(searching())
    farm.launch(searching())
    worked(farm)
    with farm.database.read() as session:
        one, other = benchmarks.page(session, limit=10)
    assert one.seed == other.seed
    assert one.report == other.report


def test_a_process_that_died_at_the_end_of_the_search_is_stood_in_for(
    farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("backend.experiments.record.begin_benchmarks", lambda *_: 0)
        farm.launch(searching())
        farm.work()
    assert the_benchmark(farm).state == "waiting"
    assert recover(farm.database, farm.sender) == 24
    assert the_benchmark(farm).state == "running"
    assert recover(farm.database, farm.sender) == 0


def test_of_many_that_begin_it_at_once_one_does(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("backend.experiments.record.begin_benchmarks", lambda *_: 0)
        farm.launch(searching())
        farm.work()
    sent: list[int] = []
    together = threading.Barrier(4)

    def attempt() -> None:
        together.wait()
        sent.append(begin_benchmarks(farm.database, farm.sender))

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(sent) == [0, 0, 0, 24]
    assert len(farm.sender.sent) == len(set(farm.sender.sent)) == 24


def test_a_run_that_is_extended_afterwards_gives_no_second_one(farm: Farm) -> None:
    made = searched(farm)
    before = the_benchmark(farm).configuration
    with farm.database.write() as session:
        farm.sender.send(extend(session, made.runs[0].id, 2))
    recover(farm.database, farm.sender)
    worked(farm)
    assert the_benchmark(farm).configuration == before
    assert farm.run(made).generation == 5


def test_a_run_that_is_extended_before_it_began_is_waited_for(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("backend.experiments.record.begin_benchmarks", lambda *_: 0)
        made = farm.launch(searching())
        farm.work()
    with farm.database.write() as session:
        extend(session, made.runs[0].id, 2)
    assert begin_benchmarks(farm.database, farm.sender) == 0
    assert the_benchmark(farm).state == "waiting"


def test_without_a_search_there_is_nothing_to_compare(farm: Farm) -> None:
    made = farm.launch(searching())
    with farm.database.write() as session:
        cancel(session, made.runs[0].id)
    recover(farm.database, farm.sender)
    found = the_benchmark(farm)
    assert (found.state, found.message) == ("cancelled", "There is nothing to compare: run 1 was cancelled.")


def test_a_search_that_could_not_train_says_so_on_its_benchmark(farm: Farm) -> None:
    farm.launch(searching())
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, EvaluationResult.failed("error", "no memory"))
    found = the_benchmark(farm)
    assert (found.state, found.message) == ("failed", "There is nothing to compare: run 1 failed.")


def test_a_search_in_which_nothing_has_a_fitness_has_nothing_to_compare(farm: Farm) -> None:
    farm.launch(searching())
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, EvaluationResult.failed("nan", "The loss is not a number."))
    found = the_benchmark(farm)
    assert found.state == "failed"
    assert found.message == "No individual of the search has a fitness: there is nothing to compare."


def test_fewer_behaviours_than_wanted_are_all_that_is_compared(farm: Farm) -> None:
    own = {**searching(best=5).overrides, "grammar": "<start> ::= 0.05 | 0.04"}
    farm.launch(searching().model_copy(update={"overrides": own}))
    worked(farm)
    assert [each.label for each in resolved(farm).contenders] == ["evolved 1", "evolved 2", "slow", "fast"]


def test_one_that_waits_can_be_cancelled_and_then_never_begins(farm: Farm) -> None:
    farm.launch(searching())
    with farm.database.write() as session:
        cancel_benchmark(session, the_benchmark(farm).id)
    worked(farm)
    assert the_benchmark(farm).state == "cancelled"


def test_a_failure_to_begin_is_told_with_the_run(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    made = farm.launch(searching())
    reasons = {"mnist-1d": "its folder is gone"}
    monkeypatch.setattr("backend.experiments.benchmark_launch.workers.alive", lambda _: [_Worker(reasons)])
    worked(farm)
    with farm.database.read() as session:
        (overview,) = overviews(session, lists.runs_of_experiments(session, [made.experiment.id]))
    (standing,) = overview.benchmarks
    assert standing.state == "failed"
    assert "no worker can load mnist-1d: its folder is gone" in str(standing.message)


class _Worker:
    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
