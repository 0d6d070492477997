import pytest

from backend.store import individuals, runs
from backend.store.database import Database
from backend.store.run_summaries import RunFacts, counts_by_state, facts_of
from backend.store.tables import Evaluation
from tests.backend.experiments.farm import Farm, order


@pytest.fixture
def farm(database: Database) -> Farm:
    """Pretended workers."""
    return Farm(database)


def _facts(farm: Farm, *run_ids: int) -> list[RunFacts]:
    with farm.database.read() as session:
        found = [run for run_id in run_ids if (run := runs.get(session, run_id))]
        facts = facts_of(session, found)
    return [facts[run_id] for run_id in run_ids]


def test_a_run_that_has_just_begun_has_a_population_and_no_results(farm: Farm) -> None:
    (facts,) = _facts(farm, farm.launch(order()).runs[0].id)
    assert facts.population == 6
    assert (facts.trainings, facts.trainings_failed, facts.generations) == (0, 0, [])
    assert [(baseline.label, baseline.state) for baseline in facts.baselines] == [("constant 0.01", "pending")]


def test_a_finished_run_counts_its_trainings_without_the_baselines(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    (facts,) = _facts(farm, run_id)
    with farm.database.read() as session:
        population = [one for number in range(4) for one in individuals.of_generation(session, run_id, number)]
        failed = session.query(Evaluation).filter_by(run_id=run_id, score=None).count()
    new = {one.behaviour_id for one in population if one.novelty == "new"}
    assert facts.trainings == len(new)
    assert facts.trainings_failed == failed
    assert facts.trainings_saved == sum(one.novelty == "seen_before" for one in population)
    assert facts.evaluated == facts.population == 6


def test_what_was_taken_over_is_counted_without_the_baselines(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work(taken_from=1)
    (facts,) = _facts(farm, run_id)
    assert facts.trainings_taken_over == facts.trainings > 0


def test_each_generation_says_how_long_it_took_and_what_its_best_was(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    (facts,) = _facts(farm, run_id)
    assert [generation.number for generation in facts.generations] == [0, 1, 2, 3]
    assert all(generation.began_at <= generation.ended_at for generation in facts.generations)
    assert max(generation.best or 0 for generation in facts.generations) == farm_best(farm, run_id)


def farm_best(farm: Farm, run_id: int) -> float | None:
    with farm.database.read() as session:
        found = runs.get(session, run_id)
        assert found is not None
        return found.best_fitness


def test_many_runs_are_counted_apart(farm: Farm) -> None:
    first, second = farm.launch(order(runs=2)).runs
    alone = farm.launch(order(seed=3)).runs[0]
    facts = _facts(farm, first.id, second.id, alone.id)
    assert [fact.siblings for fact in facts] == [2, 2, 1]
    assert [len(fact.baselines) for fact in facts] == [1, 1, 1]


def test_nothing_is_counted_of_no_runs(farm: Farm) -> None:
    assert _facts(farm) == []


def test_states_are_counted(farm: Farm) -> None:
    sent = len(farm.launch(order()).evaluation_ids)
    farm.train_next()
    with farm.database.read() as session:
        of_runs, of_evaluations = counts_by_state(session)
    assert of_runs == {"running": 1}
    assert of_evaluations["finished"] == 1
    assert sum(of_evaluations.values()) >= sent
