import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import design, design_of
from backend.experiments.lineage import Lineage, kept_in_words, lineage, points
from backend.store import individuals
from backend.store.database import Database
from tests.backend.bred import Made, store
from tests.backend.experiments.farm import Farm, programs_order

DESIGN = design(Configuration())
RUN = [
    [Made("0.1", fitness=0.4), Made("0.2", fitness=None)],
    [Made("0.1", "elite", (0,), 0.4), Made("0.2", "mutation", (1,), None)],
    [Made("0.1", "mutation", (0,), 0.4), Made("0.3", "crossover", (0, 1), 0.6)],
    [Made("0.3", "copy", (1,), 0.6), Made("0.3", "elite", (1,), 0.6)],
]


def _lineage(database: Database, individual_id: int, limit: int = 10) -> Lineage:
    with database.read() as session:
        found = individuals.get(session, individual_id)
        assert found is not None
        return lineage(session, DESIGN, found, limit)


def test_each_step_says_what_it_brought_and_what_it_was_worth(database: Database) -> None:
    ids = store(database, RUN)
    newest, oldest = _lineage(database, ids[3][1]).steps
    assert newest.gain == pytest.approx(0.2)
    assert newest.words == "In rate, 0.1 became 0.3."
    assert kept_in_words(newest.form) == "generation 3: unchanged (1 copy)"
    assert (oldest.gain, oldest.words) == (None, "Drawn at random from the grammar.")
    assert kept_in_words(oldest.form) == "generation 1: unchanged (1 copy)"


def test_a_tree_is_drawn_from_no_grammar(farm: Farm) -> None:
    launched = farm.launch(programs_order())
    design = design_of(launched.experiment)
    with farm.database.read() as session:
        drawn = individuals.of_generation(session, launched.runs[0].id, 0)[-1]
        assert lineage(session, design, drawn, 1).steps[0].words == "Drawn at random."


def test_a_stretch_counts_copies_and_children_that_do_the_same(database: Database) -> None:
    ids = store(database, RUN[:3])
    (step,) = _lineage(database, ids[2][0]).steps
    assert kept_in_words(step.form) == "generations 1 to 2: unchanged (1 copy, 1 child that does the same)"


def test_without_a_fitness_there_is_no_gain(database: Database) -> None:
    ids = store(database, [[Made("0.1", fitness=None)], [Made("0.2", "mutation", (0,), 0.5)]])
    assert _lineage(database, ids[1][0]).steps[0].gain is None


def test_a_seed_is_said_to_be_planted(database: Database) -> None:
    ids = store(database, [[Made("0.1", "seed")]])
    assert _lineage(database, ids[0][0]).steps[0].words == "Planted as a seed."


def test_a_long_line_goes_on_where_it_was_left(database: Database) -> None:
    ids = store(database, RUN)
    first = _lineage(database, ids[3][0], limit=1)
    assert first.goes_on == ids[1][0]
    rest = _lineage(database, first.goes_on)
    assert [step.form.member.id for step in (*first.steps, *rest.steps)] == [ids[2][1], ids[0][0]]
    assert rest.goes_on is None


def test_every_individual_of_the_line_is_a_point_and_marked_where_it_does_something_else(database: Database) -> None:
    ids = store(database, RUN)
    with database.read() as session:
        found = individuals.get(session, ids[3][0])
        assert found is not None
        line = points(session, found)
    assert [(point.generation, point.individual_id, point.changed) for point in line] == [
        (0, ids[0][0], True),
        (1, ids[1][0], False),
        (2, ids[2][1], True),
        (3, ids[3][0], False),
    ]
