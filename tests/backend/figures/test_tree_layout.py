"""Where the nodes of a tree are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.nodes import Call, Node, size, walk
from backend.figures.tree_layout import TreeLayout, tree_layout
from backend.phenotypes.program_tree import program_tree
from backend.phenotypes.schedule_program import ScheduleProgram
from tests.backend.programs import PROGRAMS, tower


def _layout(text: str, most_nodes: int = 400, most_levels: int = 40) -> TreeLayout:
    return tree_layout(program_tree(ScheduleProgram.from_text(text, 10)), most_nodes, most_levels)


def test_leaves_have_a_row_each_and_an_operator_stands_between_its_arguments() -> None:
    layout = _layout("add(multiply(epoch, 0.5), sin(loss))")
    assert [(node.label, node.level, node.row, node.parent) for node in layout.nodes] == [
        ("+", 0, 1.25, None),
        ("×", 1, 0.5, 0),
        ("epoch", 2, 0, 1),
        ("0.5", 2, 1, 1),
        ("sin", 1, 2, 0),
        ("loss", 2, 2, 4),
    ]
    assert (layout.levels, layout.rows, layout.left_out) == (3, 3, 0)


def test_numbers_are_rounded_and_all_their_digits_are_in_the_note() -> None:
    layout = _layout("add(-0.00116184123, loss)")
    assert [(node.label, node.note) for node in layout.nodes[1:]] == [
        ("−0.001162", "-0.00116184123"),
        ("loss", None),
    ]


def test_a_part_that_always_comes_to_one_number_says_so_and_what_is_below_is_dead() -> None:
    layout = _layout("add(loss, exp_below_700(0))")
    assert [(node.label, node.dead, node.note) for node in layout.nodes[2:]] == [
        ("exp = 1", False, "always 1"),
        ("0", True, None),
    ]


def test_of_a_large_tree_the_nodes_nearest_to_the_root_are_drawn_and_the_others_counted() -> None:
    layout = _layout("add(multiply(epoch, sin(loss)), sin(sin(epoch)))", most_nodes=4)
    assert [node.label for node in layout.nodes] == ["+", "×", "epoch", "… 2 more nodes", "sin", "… 2 more nodes"]
    assert layout.left_out == 4


def test_a_single_node_that_is_left_out_is_said_in_the_singular() -> None:
    assert _layout("sin(loss)", most_nodes=1).nodes[-1].label == "… 1 more node"


def test_a_deep_tree_is_cut_at_its_level() -> None:
    layout = tree_layout(program_tree(ScheduleProgram(tower(200), 5)), most_levels=10)
    assert (layout.levels, layout.rows, layout.left_out) == (11, 1, 191)


@given(PROGRAMS, st.integers(1, 12), st.integers(1, 5))
def test_what_is_drawn_and_what_is_left_out_are_the_whole_tree(expression: Node, nodes: int, levels: int) -> None:
    layout = tree_layout(program_tree(ScheduleProgram(expression, 5)), nodes, levels)
    drawn = [node for node in layout.nodes if node.kind != "cut"]
    assert len(drawn) + layout.left_out == size(expression)
    assert len(drawn) <= nodes
    assert max(node.level for node in drawn) < levels


@given(PROGRAMS)
def test_no_two_nodes_are_in_one_place_and_no_lines_cross(expression: Node) -> None:
    layout = tree_layout(program_tree(ScheduleProgram(expression, 5)))
    assert len({(node.level, node.row) for node in layout.nodes}) == len(layout.nodes)
    for level in range(layout.levels):
        rows = [node.row for node in layout.nodes if node.level == level]
        assert rows == sorted(rows)


@given(PROGRAMS)
def test_every_node_hangs_below_the_node_that_it_is_an_argument_of(expression: Node) -> None:
    nodes = tree_layout(program_tree(ScheduleProgram(expression, 5))).nodes
    arity = [len(part.arguments) if isinstance(part, Call) else 0 for part in walk(expression)]
    assert [sum(node.parent == place for node in nodes) for place in range(len(nodes))] == arity


@pytest.mark.parametrize("operator", ["add", "subtract", "multiply", "divide_or_one", "exp_below_700", "log_abs"])
def test_operators_are_drawn_by_the_signs_that_people_know(operator: str) -> None:
    text = (
        f"{operator}(loss, epoch)"
        if operator in ("add", "subtract", "multiply", "divide_or_one")
        else f"{operator}(loss)"
    )
    assert _layout(text).nodes[0].label != operator
