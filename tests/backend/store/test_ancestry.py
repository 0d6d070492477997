from contextlib import closing

from backend.store.ancestry import populations_back
from backend.store.database import Database
from tests.backend.bred import Made, store

THREE = [
    [Made("0.1"), Made("0.2")],
    [Made("0.1", "elite", (0,)), Made("0.3", "crossover", (0, 1), None)],
    [Made("0.1", "elite", (0,)), Made("0.3", "mutation", (1,))],
]


def test_populations_come_newest_first_from_the_one_asked_for(database: Database) -> None:
    ids = store(database, THREE)
    with database.read() as session, closing(populations_back(session, 1, 1)) as found:
        shown = [[population[0].id, population[1].id] for population in found]
    assert shown == [ids[1], ids[0]]


def test_an_individual_is_read_with_its_parents(database: Database) -> None:
    store(database, THREE)
    with database.read() as session, closing(populations_back(session, 1, 2)) as found:
        next(found)
        member = next(found)[1]
    assert (member.generation, member.place, member.operator, member.parents) == (1, 1, "crossover", [0, 1])
    assert (member.phenotype, member.fitness, member.reason) == ("0.3", None, None)


def test_another_run_is_left_out(database: Database) -> None:
    store(database, [[Made("0.1")]])
    ids = store(database, [[Made("0.2")]])
    with database.read() as session, closing(populations_back(session, 2, 0)) as found:
        assert [population[0].id for population in found] == ids[0]
