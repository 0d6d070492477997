from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from backend.benchmarks.significance import mann_whitney
from backend.experiments.benchmark_advance import advance_benchmark
from backend.experiments.recover import recover
from backend.problems.result import EvaluationResult
from backend.store import benchmarks, evaluations, trials
from tests.backend.experiments.contest import contest, finished, launched, reread, trained, worked
from tests.backend.experiments.farm import Farm

TWINS = [{"label": "evolved", "phenotype": "0.05"}, {"label": "typed", "phenotype": "if_func(epoch < 1, 0.05, 0.05)"}]
CONFIRMED: dict[str, Any] = {"confirmation": {"trials": 5, "new_data": True}}


def test_a_benchmark_ends_with_a_verdict_when_its_last_trial_is_recorded(farm: Farm) -> None:
    done = finished(farm, contest())
    assert (done.state, done.phase) == ("finished", "trials")
    assert done.finished_at is not None
    assert done.report is not None
    assert done.report["headline"] == "evolved: better in 2 of 2 declared comparisons."


def test_the_p_values_are_those_of_the_recorded_scores(farm: Farm) -> None:
    done = finished(farm, contest())
    with farm.database.read() as session:
        rows = trials.of_benchmark(session, done.id)
    scores = [[row.score for row in rows if row.contender == place] for place in range(3)]
    assert done.report is not None
    found = done.report["judged"][0]["comparison"]
    assert (found["finalist"], found["rival"]) == ("evolved", "slow")
    assert found["p"] == mann_whitney(scores[0], scores[1])


def test_two_identical_contenders_show_no_difference_on_every_seed(farm: Farm) -> None:
    for seed in range(5):
        done = finished(farm, contest(seed=seed, contenders=TWINS))
        assert done.report is not None
        assert done.report["headline"] == "No difference shown in the one declared comparison."


def test_nothing_is_judged_while_a_trial_is_missing(farm: Farm) -> None:
    made = launched(farm, contest())
    last = farm.sender.sent.pop()
    worked(farm)
    assert reread(farm, made.benchmark).state == "running"
    farm.sender.send([last])
    worked(farm)
    assert reread(farm, made.benchmark).state == "finished"


def test_what_differs_is_tried_again_on_fresh_seeds_and_other_data(farm: Farm) -> None:
    done = finished(farm, contest(**CONFIRMED))
    assert (done.state, done.phase) == ("finished", "confirmation")
    with farm.database.read() as session:
        rows = trials.of_benchmark(session, done.id)
        found = {row.evaluation_id: evaluations.get(session, row.evaluation_id) for row in rows}
    seeds: list[set[int]] = [set(), set()]
    data: list[set[object]] = [set(), set()]
    for row in rows:
        evaluation = found[row.evaluation_id]
        assert evaluation is not None
        seeds[row.round].add(evaluation.specification["seed"])
        data[row.round].add(evaluation.specification.get("data_seed"))
    assert len(seeds[0]) == 6
    assert len(seeds[1]) == 5
    assert not seeds[0] & seeds[1]
    assert data[0] == {None}
    assert len(data[1]) == 5
    assert done.report is not None
    assert "Confirmed on fresh seeds (n = 5" in done.report["judged"][0]["sentence"]


def test_what_does_not_differ_is_not_tried_again(farm: Farm) -> None:
    done = finished(farm, contest(contenders=TWINS, **CONFIRMED))
    assert done.phase == "trials"
    with farm.database.read() as session:
        assert {row.round for row in trials.of_benchmark(session, done.id)} == {0}


def test_only_who_differs_is_trained_again(farm: Farm) -> None:
    contenders = [*TWINS, {"label": "slow", "phenotype": "0.01"}]
    done = finished(farm, contest(contenders=contenders, **CONFIRMED))
    with farm.database.read() as session:
        assert {row.contender for row in trials.of_benchmark(session, done.id) if row.round == 1} == {0, 2}


def test_a_win_that_fresh_seeds_do_not_repeat_is_taken_back(farm: Farm) -> None:
    made = launched(farm, contest(contenders=[TWINS[0], {"label": "slow", "phenotype": "0.01"}], **CONFIRMED))
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        confirming = claimed.specification.data_seed is not None
        farm.finish(claimed, _scored(0.5) if confirming else trained(claimed))
    done = reread(farm, made.benchmark)
    assert done.report is not None
    assert done.report["headline"] == "No difference shown in the one declared comparison."
    assert "Not confirmed on fresh seeds" in done.report["judged"][0]["sentence"]


def test_a_contender_that_diverges_half_the_time_is_judged_with_its_failures(farm: Farm) -> None:
    made = launched(farm, contest())
    failures = 0
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        fails = claimed.specification.behaviour_content["rates"][0] > 0.08 and claimed.specification.seed % 2 == 0
        failures += fails
        farm.finish(claimed, EvaluationResult.failed("diverged", "Too large.") if fails else trained(claimed))
    done = reread(farm, made.benchmark)
    assert 0 < failures < 6
    assert done.report is not None
    assert done.report["rows"][2]["summary"]["failed"] == failures
    assert f"{failures} of 6 trainings of fast failed" in done.report["judged"][1]["sentence"]


def test_all_trials_diverging_is_a_result_and_all_machines_failing_is_none(farm: Farm) -> None:
    diverged = _all_failed(farm, EvaluationResult.failed("diverged", "Too large."))
    assert _state_of(farm, diverged) == "finished"
    broken = _all_failed(farm, EvaluationResult.failed("error", "No such data."))
    assert _state_of(farm, broken) == "failed"


def test_one_trial_gives_a_report_that_says_what_it_cannot(farm: Farm) -> None:
    done = finished(farm, contest(trials=1))
    assert done.report is not None
    assert done.report["judged"][0]["sentence"].startswith("Nothing can be said of evolved against slow")
    assert "1 trial and 2 comparisons can show nothing" in done.report["warnings"][0]


def test_what_a_dead_process_left_undone_the_reconciler_does(farm: Farm) -> None:
    made = launched(farm, contest())
    with farm.database.write() as session:
        for evaluation_id in made.evaluation_ids:
            held = evaluations.claim(session, evaluation_id, "w", 60)
            assert held is not None
            evaluations.finish(
                session, held.id, held.attempt, score=0.5, reason=None, message=None, result=_scored(0.5).to_json()
            )
    assert reread(farm, made.benchmark).state == "running"
    recover(farm.database, farm.sender)
    assert reread(farm, made.benchmark).state == "finished"


def test_advancing_again_and_at_once_changes_nothing(farm: Farm) -> None:
    done = finished(farm, contest(**CONFIRMED))
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: advance_benchmark(farm.database, farm.sender, done.id), range(4)))
    assert sent == [0, 0, 0, 0]
    assert reread(farm, done).report == done.report


@pytest.mark.parametrize("workers_first", [True, False])
def test_the_order_in_which_workers_finish_changes_no_number(farm: Farm, workers_first: bool) -> None:
    made = launched(farm, contest())
    if workers_first:
        farm.sender.sent.reverse()
    worked(farm)
    done = reread(farm, made.benchmark)
    again = finished(farm, contest())
    assert done.report == again.report


def _scored(score: float) -> EvaluationResult:
    return EvaluationResult(score, None, None, best_epoch=0, stopped_early=False, epochs=(), seconds=0.1)


def _all_failed(farm: Farm, result: EvaluationResult) -> int:
    made = launched(farm, contest())
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, result)
    return made.benchmark.id


def _state_of(farm: Farm, benchmark_id: int) -> str:
    with farm.database.read() as session:
        found = benchmarks.get(session, benchmark_id)
    assert found is not None
    return found.state
