from backend.store.database import Database
from backend.store.fittest import fittest
from tests.backend.bred import Made, store

RUN = [
    [Made("0.1", fitness=0.4), Made("0.2", fitness=0.6), Made("0.3", fitness=None)],
    [Made("0.2", "elite", (1,), 0.6), Made("0.4", "mutation", (0,), 0.6), Made("0.1", "mutation", (0,), 0.4)],
]


def test_the_fittest_come_first_each_behaviour_once_by_its_first_individual(database: Database) -> None:
    ids = store(database, RUN)
    with database.read() as session:
        assert [one.id for one in fittest(session, [1], 10)] == [ids[0][1], ids[1][1], ids[0][0]]
        assert [one.id for one in fittest(session, [1], 1)] == [ids[0][1]]


def test_a_run_without_any_fitness_has_none(database: Database) -> None:
    store(database, [[Made("0.1", fitness=None)]])
    with database.read() as session:
        assert list(fittest(session, [1], 5)) == []
