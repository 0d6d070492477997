import pytest
from hypothesis import given

from backend.expressions.nodes import Node, depth, size
from backend.expressions.print_text import to_text
from backend.expressions.text_extent import Extent, text_extent
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.programs import PROGRAMS
from tests.backend.rules import rules


@pytest.mark.parametrize(
    ("text", "nodes", "depth"),
    [
        ("epoch", 1, 0),
        ("-0.5", 1, 0),
        ("1.5e-07", 1, 0),
        ("add(epoch, sin(loss))", 4, 2),
        ("if_func(epoch < 12, 0.05, if_func(learning_rate >= 0.1, 0.1, 0.001))", 11, 3),
        ("x = 0; y = multiply(0.9, y); z = 0; weight = y", 6, 1),
    ],
)
def test_nodes_and_depth_are_counted_as_a_person_would(text: str, nodes: int, depth: int) -> None:
    assert text_extent(text) == Extent(nodes, depth)


@given(PROGRAMS)
def test_a_programs_extent_is_that_of_its_tree(tree: Node) -> None:
    assert text_extent(to_text(tree)) == (size(tree), depth(tree) - 1)


@given(...)
def test_a_schedules_extent_is_that_of_its_tree(tree: Node) -> None:
    assert text_extent(to_text(tree)) == (size(tree), depth(tree) - 1)


@given(rules())
def test_a_rules_extent_is_that_of_its_four_functions_together(rule: UpdateRule) -> None:
    functions = rule.functions.values()
    assert text_extent(rule.text) == (sum(map(size, functions)), max(map(depth, functions)) - 1)


def test_published_rules_are_counted() -> None:
    assert text_extent(HUMAN_MADE_RULES["adam"].rule().text).nodes > 20


def test_a_text_that_is_no_expression_is_no_error() -> None:
    assert text_extent("))((,; = <").depth >= 0
