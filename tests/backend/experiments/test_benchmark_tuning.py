from typing import Any

import pytest
from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_overview import benchmark_detail
from backend.experiments.claim import Claimed
from backend.experiments.errors import InvalidOrder
from backend.experiments.record import record
from backend.experiments.recover import recover
from backend.problems.result import EvaluationResult
from backend.store import evaluations, trials, tunings
from backend.store.tables import Benchmark
from backend.store.tunings import TuningRow
from tests.backend.experiments.contest import contest, finished, launched, reread, trained, worked
from tests.backend.experiments.farm import Farm, scored

CONTENDERS: list[dict[str, Any]] = [
    {"label": "evolved", "phenotype": "0.05", "trainings": 0},
    {"label": "constant", "schedule": "constant"},
    {"label": "exponential", "schedule": "exponential", "constants": {"learning_rate": 0.02}, "tune": ["factor"]},
]
TUNED: dict[str, Any] = {
    "contenders": CONTENDERS,
    "tuning": {"trainings": 11, "by_chance": 4, "batch": 3, "budget": "equal_tuning"},
    "trials": 3,
}

# Two seeds of twelve constants each, then three of them on four seeds.
RACED: dict[str, Any] = {
    **TUNED,
    "tuning": {**TUNED["tuning"], "trainings": 36, "seeds": 2, "race": {"best": 3, "trainings": 4}},
}
RACE_FIRST = 24


def rows_of(farm: Farm, benchmark: Benchmark) -> list[TuningRow]:
    with farm.database.read() as session:
        return tunings.of_benchmark(session, benchmark.id)


def constants_of(farm: Farm, benchmark: Benchmark) -> dict[tuple[int, int], dict[str, float]]:
    return {(row.contender, row.number): row.constants for row in rows_of(farm, benchmark)}


def test_tuning_comes_first_and_its_constants_are_tried(farm: Farm) -> None:
    made = launched(farm, contest(**TUNED))
    assert (made.benchmark.phase, len(made.evaluation_ids)) == ("tuning", 10)
    worked(farm)
    done = reread(farm, made.benchmark)
    assert (done.state, done.phase) == ("finished", "trials")
    found = ResolvedBenchmark.of_json(done.configuration)
    assert [(each.contender, each.trainings) for each in found.tuned] == [(1, 11), (2, 11)]
    best = max((row for row in rows_of(farm, done) if row.contender == 1), key=lambda row: row.score or 0.0)
    assert found.tuned[0].constants == best.constants
    with farm.database.read() as session:
        rows = [row for row in trials.of_benchmark(session, done.id) if row.contender == 1]
        tried = [_rates(session, row.evaluation_id)[0] for row in rows]
    assert tried == [pytest.approx(best.constants["learning_rate"])] * 3
    assert abs(best.constants["learning_rate"] - 0.05) < abs(0.001 - 0.05)


def test_the_probe_has_the_declared_constants_and_only_what_is_named_is_tuned(farm: Farm) -> None:
    done = finished(farm, contest(**TUNED))
    tried = constants_of(farm, done)
    assert tried[1, 0] == {"learning_rate": 0.001}
    assert tried[2, 0] == {"factor": 0.9}
    assert {tuple(each) for (contender, _), each in tried.items() if contender == 2} == {("factor",)}
    assert not any(contender == 0 for contender, _ in tried)
    with farm.database.read() as session:
        second = [_rates(session, row.evaluation_id)[0] for row in rows_of(farm, done) if row.contender == 2]
    assert second == [pytest.approx(0.02)] * 11


def test_tuning_reads_validation_alone_and_on_a_seed_of_its_own(farm: Farm) -> None:
    done = finished(farm, contest(**TUNED))
    with farm.database.read() as session:
        tuned = [_specification(session, row.evaluation_id) for row in tunings.of_benchmark(session, done.id)]
        tried = [_specification(session, row.evaluation_id) for row in trials.of_benchmark(session, done.id)]
    assert {(each["scored_part"], each["keep"]) for each in tuned} == {("validation", "best_accuracy")}
    assert {each["scored_part"] for each in tried} == {"test"}
    assert not {each["seed"] for each in tuned} & {each["seed"] for each in tried}


@pytest.mark.parametrize("step", [1, 2, 3])
def test_neither_order_nor_number_of_workers_changes_what_is_asked(farm: Farm, step: int) -> None:
    usual = finished(farm, contest(**TUNED))
    made = launched(farm, contest(**TUNED))
    while farm.sender.sent:
        farm.sender.sent[:] = farm.sender.sent[::-1]
        held = [farm.claim_next() for _ in range(min(step, len(farm.sender.sent)))]
        for claimed in held[::-1]:
            assert claimed is not None
            farm.finish(claimed, trained(claimed))
    done = reread(farm, made.benchmark)
    assert constants_of(farm, done) == constants_of(farm, usual)
    assert done.report == usual.report


def test_a_process_that_dies_between_two_batches_changes_nothing(farm: Farm) -> None:
    usual = finished(farm, contest(**TUNED))
    made = launched(farm, contest(**TUNED))
    for _ in range(200):
        for evaluation_id in farm.sender.sent:
            _record_without_going_on(farm, evaluation_id)
        farm.sender.sent.clear()
        recover(farm.database, farm.sender)
        if reread(farm, made.benchmark).state == "finished":
            break
    done = reread(farm, made.benchmark)
    assert done.report == usual.report
    assert constants_of(farm, done) == constants_of(farm, usual)


def test_failed_trainings_are_counted_and_another_is_the_best(farm: Farm) -> None:
    done = _finished_where(farm, lambda claimed: _is_tuning(claimed) and _rate(claimed) > 0.01)
    tuned = ResolvedBenchmark.of_json(done.configuration).tuned[0]
    assert tuned.failed == sum(row.score is None for row in rows_of(farm, done) if row.contender == 1) > 0
    assert tuned.constants["learning_rate"] <= 0.01


def test_a_tuning_without_a_score_leaves_the_defaults_and_says_so(farm: Farm) -> None:
    done = _finished_where(farm, _is_tuning)
    assert done.state == "finished"
    assert done.report is not None
    assert done.report["tuned"][0]["score"] is None
    tuned = ResolvedBenchmark.of_json(done.configuration).tuned[0]
    assert (tuned.constants, tuned.score, tuned.failed) == ({"learning_rate": 0.001}, None, 11)
    assert "none of its 11 trainings for tuning ended with a score" in tuned.sentence


def test_a_benchmark_whose_machines_cannot_train_fails_while_it_is_tuned(farm: Farm) -> None:
    made = launched(farm, contest(**TUNED))
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, EvaluationResult.failed("error", "No such data."))
    done = reread(farm, made.benchmark)
    assert (done.state, done.phase) == ("failed", "tuning")
    assert done.message is not None
    assert "No such data." in done.message


def test_progress_counts_all_that_is_planned_while_it_is_tuned(farm: Farm) -> None:
    made = launched(farm, contest(**TUNED))
    with farm.database.read() as session:
        overview = benchmark_detail(session, reread(farm, made.benchmark)).overview
    assert (overview.phase, overview.asked, overview.progress) == ("tuning", 2 * 11 + 3 * 3, 0.0)


def test_a_contender_may_have_trainings_of_its_own_or_none(farm: Farm) -> None:
    contenders = [CONTENDERS[0], {**CONTENDERS[1], "trainings": 5}, {**CONTENDERS[2], "trainings": 0}]
    done = finished(farm, contest(**{**TUNED, "contenders": contenders}))
    assert [(row.contender, row.number) for row in rows_of(farm, done)] == [(1, number) for number in range(5)]


def test_a_best_value_at_the_edge_is_in_the_report(farm: Farm) -> None:
    contenders = [CONTENDERS[0], {"label": "slow", "schedule": "constant", "constants": {"learning_rate": 1e-5}}]
    made = launched(farm, contest(**{**TUNED, "contenders": contenders}))
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, scored(0.9 - _rate(claimed)))
    done = reread(farm, made.benchmark)
    assert done.report is not None
    assert "lower edge of what was tried" in done.report["edges"][0]["sentence"]


def test_contenders_that_do_the_same_with_the_same_seeds_share_their_probes(farm: Farm) -> None:
    contenders = [CONTENDERS[0], CONTENDERS[1], {"label": "twin", "schedule": "constant"}]
    made = launched(farm, contest(**{**TUNED, "contenders": contenders}))
    assert len(made.evaluation_ids) == 2 * 5 - 1
    worked(farm)
    assert reread(farm, made.benchmark).state == "finished"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contenders": [CONTENDERS[0], {**CONTENDERS[1], "tune": ["momentum"]}]}, "/overrides/contenders/1/tune"),
        ({"problems": ["mnist-1d-2025"]}, "/overrides/tuning"),
        ({"tuning": {"batch": 101}}, "/overrides/tuning/batch"),
    ],
)
def test_a_tuning_that_cannot_be_is_refused_with_its_field(farm: Farm, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidOrder) as caught:
        launched(farm, contest(**{**TUNED, **changes}))
    assert [error.pointer for error in caught.value.errors] == [field]


def test_the_best_are_raced_on_fresh_seeds_and_data_and_the_winner_of_the_race_is_tried(farm: Farm) -> None:
    done = finished(farm, contest(**RACED))
    rows = [row for row in rows_of(farm, done) if row.contender == 1]
    tried, raced = rows[:RACE_FIRST], rows[RACE_FIRST:]
    assert (len(tried), len(raced)) == (24, 12)
    with farm.database.read() as session:
        seeds = [_specification(session, row.evaluation_id)["seed"] for row in rows]
        data = [_specification(session, row.evaluation_id).get("data_seed") for row in rows]
    assert len(set(seeds[:RACE_FIRST])) == 2
    assert len(set(seeds[RACE_FIRST:])) == 4
    assert not set(seeds[:RACE_FIRST]) & set(seeds[RACE_FIRST:])
    assert data == [None] * RACE_FIRST + seeds[RACE_FIRST:]
    found = ResolvedBenchmark.of_json(done.configuration).tuned[0]
    assert found.trainings == 36
    assert found.constants in [row.constants for row in raced]
    assert "in the mean of 4 fresh seeds" in found.sentence


def test_the_same_constants_may_be_trained_on_new_data_as_well(farm: Farm) -> None:
    done = finished(farm, contest(**{**RACED, "tuning": {**RACED["tuning"], "new_data": True}}))
    tried = [row for row in rows_of(farm, done) if row.contender == 1][:RACE_FIRST]
    with farm.database.read() as session:
        found = [_specification(session, row.evaluation_id) for row in tried]
    assert {each.get("data_seed") for each in found[::2]} == {None}
    assert {each.get("data_seed") for each in found[1::2]} == {found[1]["seed"]}


def test_of_those_tried_the_best_by_the_mean_of_their_seeds_are_raced(farm: Farm) -> None:
    rows = [row for row in rows_of(farm, finished(farm, contest(**RACED))) if row.contender == 1]
    means = {
        row.constants["learning_rate"]: (row.score or 0.0) / 2 + (other.score or 0.0) / 2
        for row, other in zip(rows[:RACE_FIRST:2], rows[1:RACE_FIRST:2], strict=True)
    }
    best = sorted(means, key=lambda rate: -means[rate])[:3]
    assert [row.constants["learning_rate"] for row in rows[RACE_FIRST::4]] == best


def test_the_part_that_tells_which_constants_are_best_may_be_fitness(farm: Farm) -> None:
    done = finished(farm, contest(**{**TUNED, "tuning": {**TUNED["tuning"], "score": "fitness"}}))
    with farm.database.read() as session:
        parts = {_specification(session, row.evaluation_id)["scored_part"] for row in rows_of(farm, done)}
    assert parts == {"fitness"}
    assert "with a fitness accuracy of" in ResolvedBenchmark.of_json(done.configuration).tuned[0].sentence


def _finished_where(farm: Farm, fails: Any) -> Benchmark:
    """A benchmark of which these trainings diverge."""
    made = launched(farm, contest(**TUNED))
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            diverged = EvaluationResult.failed("diverged", "Too large.")
            farm.finish(claimed, diverged if fails(claimed) else trained(claimed))
    return reread(farm, made.benchmark)


def _record_without_going_on(farm: Farm, evaluation_id: int) -> None:
    """Train and record, and die before anything follows."""
    farm.sender.sent[:0] = [evaluation_id]
    claimed = farm.claim_next()
    assert claimed is not None
    with farm.database.write() as session:
        assert record(session, claimed, trained(claimed))


def _is_tuning(claimed: Claimed) -> bool:
    return claimed.specification.scored_part == "validation"


def _rate(claimed: Claimed) -> float:
    return float(claimed.specification.behaviour_content["rates"][0])


def _specification(session: Session, evaluation_id: int) -> dict[str, Any]:
    found = evaluations.get(session, evaluation_id)
    assert found is not None
    return found.specification


def _rates(session: Session, evaluation_id: int) -> list[float]:
    rates: list[float] = _specification(session, evaluation_id)["behaviour_content"]["rates"]
    return rates
