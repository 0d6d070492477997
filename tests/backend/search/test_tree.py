from hypothesis import given

from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Node, depth, size
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.search.tree import Shape, Tree, arity, depths, end_of, replaced, shapes
from tests.backend.programs import PROGRAMS, tower

_TREE = Tree(("add", "multiply", 0.5, "epoch", "sin", "loss"))


@given(node=PROGRAMS)
def test_a_tree_is_its_expression_and_prints_as_it_does(node: Node) -> None:
    tree = Tree.of(node)
    assert tree.expression == node
    assert tree.text == to_text(node)
    assert Tree.of(parse(tree.text, PROGRAM)) == tree
    assert (tree.size, tree.depth) == (size(node), depth(node) - 1)


def test_the_symbols_are_in_polish_notation() -> None:
    assert Tree.of(parse("0.5 * epoch + sin(loss)", PROGRAM)) == _TREE
    assert _TREE.text == "add(multiply(0.5, epoch), sin(loss))"


def test_a_tree_is_measured_at_each_node() -> None:
    assert depths(_TREE.symbols) == [0, 1, 2, 2, 1, 2]
    leaf = Shape(1, 0)
    assert shapes(_TREE.symbols) == [Shape(6, 2), Shape(3, 1), leaf, leaf, Shape(2, 1), leaf]
    assert [end_of(_TREE.symbols, start) for start in range(6)] == [6, 4, 3, 4, 6, 6]
    assert [arity(each) for each in _TREE.symbols] == [2, 2, 0, 0, 1, 0]


@given(node=PROGRAMS)
def test_every_way_to_measure_gives_the_same(node: Node) -> None:
    symbols = Tree.of(node).symbols
    for place, shape in enumerate(shapes(symbols)):
        subtree = symbols[place : end_of(symbols, place)]
        assert shape == Shape(len(subtree), max(depths(subtree)))


def test_a_subtree_is_replaced_as_a_whole() -> None:
    assert replaced(_TREE.symbols, 1, ("loss",)).text == "add(loss, sin(loss))"
    assert replaced(_TREE.symbols, 0, (0.25,)).text == "0.25"
    assert replaced(_TREE.symbols, 5, ("cos", "epoch")).text == "add(multiply(0.5, epoch), sin(cos(epoch)))"


def test_no_tree_is_too_deep() -> None:
    deep = tower(9_999)
    tree = Tree.of(deep)
    assert tree.depth == 9_999
    assert tree.expression == deep
    assert Tree.of(parse(tree.text, PROGRAM)) == tree
