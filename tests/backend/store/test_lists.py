import pytest

from backend.store import lists
from backend.store.database import Database
from backend.store.lists import RunInExperiment, RunKey, RunOrder
from tests.backend.experiments.farm import Farm, order


@pytest.fixture
def farm(database: Database) -> Farm:
    """Pretended workers."""
    return Farm(database)


def _fitnesses(farm: Farm, *best: float | None) -> list[int]:
    """Launch a run for each fitness and give it to it; return the ids."""
    ids = [farm.launch(order(name=f"run {number % 2}")).runs[0].id for number, _ in enumerate(best)]
    with farm.database.write() as session:
        for run_id, fitness in zip(ids, best, strict=True):
            found = lists.run_in_experiment(session, run_id)
            assert found is not None
            found.run.best_fitness = fitness
    return ids


def _page(farm: Farm, order: RunOrder, after: RunKey | None, limit: int) -> list[RunInExperiment]:
    with farm.database.read() as session:
        return lists.runs_page(session, order=order, after=after, limit=limit)


@pytest.mark.parametrize("kind", list(RunOrder))
def test_pages_of_one_give_the_same_order_as_one_page_of_all(farm: Farm, kind: RunOrder) -> None:
    _fitnesses(farm, 0.5, None, 0.75, 0.5, None)
    whole = [row.run.id for row in _page(farm, kind, None, 10)]
    found: list[int] = []
    after = None
    while page := _page(farm, kind, after, 1):
        found.append(page[0].run.id)
        after = lists.run_key(page[0], kind)
    assert found == whole
    assert len(set(found)) == 5


def test_best_first_puts_the_newer_of_equals_first_and_those_without_fitness_last(farm: Farm) -> None:
    first, second, third, fourth, fifth = _fitnesses(farm, 0.5, None, 0.75, 0.5, None)
    whole = [row.run.id for row in _page(farm, RunOrder.BEST_FITNESS, None, 10)]
    assert whole == [third, fourth, first, fifth, second]


def test_a_run_that_arrives_meanwhile_disturbs_no_page(farm: Farm) -> None:
    first, second = _fitnesses(farm, None, None)
    page = _page(farm, RunOrder.CREATED_AT, None, 1)
    _fitnesses(farm, None)
    rest = _page(farm, RunOrder.CREATED_AT, lists.run_key(page[0], RunOrder.CREATED_AT), 5)
    assert [row.run.id for row in page + rest] == [second, first]


def test_signs_of_patterns_are_searched_as_they_are(farm: Farm) -> None:
    for name in ("100%", "100_", "100\\", "1000"):
        farm.launch(order(name=name))
    with farm.database.read() as session:
        for text in ("100%", "100_", "100\\"):
            rows = lists.runs_page(session, order=RunOrder.NAME, text=text, limit=10)
            assert [row.experiment.name for row in rows] == [text]


def test_individuals_continue_after_generation_and_index(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    with farm.database.read() as session:
        rows = lists.individuals_page(session, run_id, after=(0, 4), limit=3)
        assert [(row.individual.generation, row.individual.index) for row in rows] == [(0, 5), (1, 0), (1, 1)]
        assert all((row.behaviour is None) == (row.individual.behaviour_id is None) for row in rows)


def test_parents_come_in_the_order_in_which_they_were_chosen(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    with farm.database.read() as session:
        for row in lists.individuals_page(session, run_id, generation=2, limit=10):
            parents = lists.parents_of(session, row.individual)
            assert [parent.index for parent in parents] == row.individual.parents
            assert {parent.generation for parent in parents} <= {1}


def test_evaluations_are_narrowed_down_by_state(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.train_next()
    with farm.database.read() as session:
        finished = lists.evaluations_page(session, run_id, states=("finished",), limit=100)
        pending = lists.evaluations_page(session, run_id, states=("pending",), limit=100)
        whole = lists.evaluations_page(session, run_id, limit=100)
        assert len(finished) == 1
        assert len(pending) + 1 == len(whole)
        wanted = lists.requests_for(session, [row.id for row in whole])
        assert {request.evaluation_id for request in wanted} == {row.id for row in whole}


def test_every_evaluated_individual_is_in_the_heatmap(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    farm.work()
    with farm.database.read() as session:
        rows = lists.fitness_of_all(session, run_id)
    assert [row[1] for row in rows] == [generation for generation in range(4) for _ in range(6)]
    assert all((fitness is None) == (reason is not None) for _, _, fitness, reason in rows)
