from collections.abc import Sequence
from random import Random

import pytest
from sqlalchemy import Engine, event

from backend.experiments.genealogy import Form, forms, main_line
from backend.store import individuals
from backend.store.database import Database
from tests.backend.bred import Made, store


def _forms(database: Database, individual_id: int) -> list[Form]:
    with database.read() as session:
        found = individuals.get(session, individual_id)
        assert found is not None
        return list(forms(session, found))


def _line(database: Database, individual_id: int) -> list[tuple[int, int | None]]:
    with database.read() as session:
        found = individuals.get(session, individual_id)
        assert found is not None
        return [(member.id, other.id if other else None) for member, other in main_line(session, found)]


def test_an_individual_of_generation_0_is_its_whole_line(database: Database) -> None:
    ids = store(database, [[Made("0.1")]])
    (form,) = _forms(database, ids[0][0])
    assert (form.member.id, form.newest.id, form.parent, form.other) == (ids[0][0], ids[0][0], None, None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_line_follows_the_parent_that_the_child_shares_more_with(
    database: Database, order: tuple[int, int]
) -> None:
    first = [Made("if_func(epoch < 3, 0.1, 0.01)"), Made("0.2")]
    ids = store(database, [first, [Made("if_func(epoch < 3, 0.1, 0.2)", "crossover", order)]])
    assert _line(database, ids[1][0]) == [(ids[1][0], ids[0][1]), (ids[0][0], None)]


def test_the_line_follows_the_parent_that_behaves_the_same_whatever_it_shares(database: Database) -> None:
    ids = store(database, [[Made("0.1"), Made("0.2")], [Made("0.2", "crossover", (0, 1))]])
    assert _line(database, ids[1][0]) == [(ids[1][0], ids[0][0]), (ids[0][1], None)]


def test_of_two_that_are_equally_near_the_line_follows_the_first(database: Database) -> None:
    ids = store(database, [[Made("0.1"), Made("0.2")], [Made("0.3", "crossover", (1, 0))]])
    assert _line(database, ids[1][0])[1] == (ids[0][1], None)


def test_a_child_of_one_parent_twice_has_no_other(database: Database) -> None:
    ids = store(database, [[Made("0.1"), Made("0.2")], [Made("0.3", "crossover", (1, 1))]])
    assert _line(database, ids[1][0]) == [(ids[1][0], None), (ids[0][1], None)]


def test_generations_in_which_nothing_changed_are_one_form(database: Database) -> None:
    kept = [[Made("0.1", "elite", (0,))]] * 3
    generations: Sequence[Sequence[Made]] = [
        [Made("0.1")],
        *kept,
        [Made("0.2", "mutation", (0,), 0.6)],
        [Made("0.2", "mutation", (0,), 0.6)],
        [Made("0.2", "elite", (0,), 0.6)],
    ]
    ids = store(database, generations)
    newest, oldest = _forms(database, ids[6][0])
    assert (newest.member.generation, newest.newest.generation) == (4, 6)
    assert newest.kept == {"mutation": 1, "elite": 1}
    assert newest.parent is not None
    assert newest.parent.id == ids[3][0]
    assert (oldest.member.generation, oldest.newest.generation, oldest.kept) == (0, 3, {"elite": 3})


def test_a_line_of_1500_generations_is_followed_with_a_handful_of_queries(database: Database) -> None:
    ids = store(database, list(_long(20, 1500)))
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = _forms(database, ids[-1][3])
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert (found[0].newest.generation, found[-1].member.generation) == (1499, 0)
    assert len(found) > 500
    assert 0 < len(asked) < 5


def _long(size: int, generations: int) -> Sequence[Sequence[Made]]:
    """Return a run in which the worst case happens: nearly everything is a crossover that changes something."""
    rng = Random(1)
    texts = [
        f"if_func(epoch < {place % 41}, {place / 9999}, multiply(0.0{place % 23}, learning_rate))"
        for place in range(999)
    ]
    first = [Made(rng.choice(texts)) for _ in range(size)]
    rest = [
        [Made(rng.choice(texts), "crossover", (rng.randrange(size), rng.randrange(size))) for _ in range(size)]
        for _ in range(generations - 1)
    ]
    return [first, *rest]
