import pytest
from sqlalchemy import update

from backend.experiments.overview import RunOverview, overviews
from backend.problems.result import EvaluationResult
from backend.store.lists import run_in_experiment
from backend.store.tables import Generation, Run
from tests.backend.experiments.farm import SMALL, Farm, order, rules_order, scored


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: the queries below have tests of their own on both."""
    return sqlite_url


def _overview(farm: Farm, run_id: int) -> RunOverview:
    with farm.database.read() as session:
        row = run_in_experiment(session, run_id)
        assert row is not None
        return overviews(session, [row])[0]


def test_a_run_that_has_just_begun_knows_no_pace(farm: Farm) -> None:
    seen = _overview(farm, farm.launch(order()).runs[0].id)
    assert (seen.progress, seen.seconds_left, seen.best_fitness) == (0.0, None, None)
    assert (seen.fitness_by_generation, seen.generations_since_improvement) == ((), 0)


def test_progress_counts_individuals(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    before = 0.0
    while farm.sender.sent:
        farm.train_next()
        progress = _overview(farm, run_id).progress
        assert before <= progress <= 1
        before = progress
    assert before == 1


def test_the_time_left_follows_the_pace_of_the_last_generations(farm: Farm) -> None:
    run_id = farm.launch(order(overrides={**SMALL, "search": {**SMALL["search"], "generations": 12}})).runs[0].id
    while _overview(farm, run_id).generation < 6:
        farm.train_next()
    with farm.database.write() as session:
        # Generation 0 was slow, and during one of the others the machine slept.
        session.execute(update(Generation).values(completed_at=Generation.created_at + 2.0))
        for number, seconds in ((0, 500.0), (3, 40_000.0)):
            slow = update(Generation).where(Generation.number == number)
            session.execute(slow.values(completed_at=Generation.created_at + seconds))
        session.execute(update(Generation).where(Generation.number == 6).values(completed_at=None))
    seen = _overview(farm, run_id)
    assert seen.seconds_left == pytest.approx(2.0 * 12 * (1 - seen.progress))


def test_a_stopping_run_has_only_its_generation_left(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    while _overview(farm, run_id).generation < 1:
        farm.train_next()
    with farm.database.write() as session:
        session.execute(update(Run).values(state="stopping"))
        session.execute(update(Generation).where(Generation.number == 0).values(completed_at=Generation.created_at + 8))
    left = _overview(farm, run_id).seconds_left
    assert left is not None
    assert left <= 8


def test_an_ended_run_has_nothing_left_and_its_time_stands(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    seen = _overview(farm, run_id)
    assert seen.finished_at is not None
    assert seen.seconds_left is None
    assert seen.seconds == pytest.approx(seen.finished_at - seen.created_at)


def test_the_best_so_far_never_falls(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    best = [fitness for fitness in _overview(farm, run_id).fitness_by_generation if fitness is not None]
    assert best == sorted(best)
    assert best[-1] == _overview(farm, run_id).best_fitness


def test_generations_since_the_best_was_found_are_counted(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            farm.finish(claimed, scored(0.5))
    assert _overview(farm, run_id).generations_since_improvement == 3


def test_runs_of_one_experiment_are_told_apart_by_name(farm: Farm) -> None:
    alone = farm.launch(order(name="alone")).runs[0]
    first, second = farm.launch(order(name="both", runs=2)).runs
    assert [_overview(farm, run.id).name for run in (alone, first, second)] == ["alone", "both #1", "both #2"]


def test_a_grammar_that_was_given_as_text_is_called_by_words(farm: Farm) -> None:
    given = farm.launch(order(overrides={**SMALL, "grammar": "<start> ::= 0.1 | 0.01"}))
    assert _overview(farm, given.runs[0].id).grammar == "own grammar"
    assert _overview(farm, farm.launch(order()).runs[0].id).grammar == "dlr-2020"


def test_the_best_known_baseline_is_the_one_that_a_run_is_held_against(farm: Farm) -> None:
    run_id = farm.launch(rules_order()).runs[0].id
    first = _overview(farm, run_id)
    assert first.baseline == first.baselines[0]
    assert [standing.fitness for standing in first.baselines] == [None] * 4
    for score in (0.3, 0.5, 0.4):
        claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, scored(score))
    best = _overview(farm, run_id).baseline
    assert best is not None
    assert (best.name, best.fitness) == ("Nesterov 0.01, 0.9", 0.5)


@pytest.mark.parametrize(
    ("combine", "scores", "fitness"),
    [("worst", (0.5, 0.25), 0.25), ("mean", (0.5, 0.25), 0.375), ("worst", (0.5, None), None)],
)
def test_the_baselines_fitness_follows_the_runs_own_rule(
    farm: Farm, combine: str, scores: tuple[float, float | None], fitness: float | None
) -> None:
    run_id = farm.launch(order(overrides={**SMALL, "fitness": {"folds": 2, "combine": combine}})).runs[0].id
    states = []
    for score in scores:
        (standing,) = _overview(farm, run_id).baselines
        states.append((standing.state, standing.fitness))
        _finish_baseline(farm, EvaluationResult.failed("nan", "No number.") if score is None else scored(score))
    (standing,) = _overview(farm, run_id).baselines
    assert states == [("pending", None)] * 2
    assert (standing.name, standing.state, standing.fitness) == ("constant 0.01", "finished", fitness)


def _finish_baseline(farm: Farm, result: EvaluationResult) -> None:
    """Do the message that trains the constant rate 0.01; leave the others."""
    for _ in range(len(farm.sender.sent)):
        claimed = farm.claim_next()
        assert claimed is not None
        rates = claimed.specification.behaviour_content["rates"]
        if {round(rate, 6) for rate in rates} == {0.01}:
            farm.finish(claimed, result)
            return
