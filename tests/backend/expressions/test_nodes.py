import pytest
from hypothesis import given

from backend.expressions.nodes import Call, Constant, Node, Variable, depth, fold, size, substitute, variables, walk

_HALF_EPOCH = Call("multiply", (Constant(0.5), Variable("epoch")))
_TREE = Call("add", (_HALF_EPOCH, Constant(1)))


def test_an_expression_is_walked_parents_first_and_left_to_right() -> None:
    assert list(walk(_TREE)) == [_TREE, _HALF_EPOCH, Constant(0.5), Variable("epoch"), Constant(1)]


def test_a_fold_meets_the_arguments_in_order_before_the_call() -> None:
    met: list[Node] = []

    def visit(node: Node, arguments: tuple[Node, ...]) -> Node:
        met.append(node)
        assert arguments == (node.arguments if isinstance(node, Call) else ())
        return node

    assert fold(_TREE, visit) == _TREE
    assert met == [Constant(0.5), Variable("epoch"), _HALF_EPOCH, Constant(1), _TREE]


def test_size_counts_nodes_and_depth_the_longest_way_down() -> None:
    assert (size(_TREE), depth(_TREE)) == (5, 3)
    assert (size(Constant(1)), depth(Constant(1))) == (1, 1)


@given(...)
def test_no_expression_is_deeper_than_it_has_nodes(node: Node) -> None:
    assert 1 <= depth(node) <= size(node) == len(list(walk(node)))


def test_only_the_variables_that_are_read_are_named() -> None:
    assert variables(_TREE) == {"epoch"}
    assert variables(Constant(1)) == frozenset()


def test_an_expression_that_no_recursion_could_enter_is_still_walked_and_measured() -> None:
    node: Node = Variable("epoch")
    for _ in range(20_000):
        node = Call("negative", (node,))
    assert (size(node), depth(node)) == (20_001, 20_001)


def test_expressions_that_no_recursion_could_enter_are_still_compared() -> None:
    towers: list[Node] = []
    for leaf in ("epoch", "epoch", "loss"):
        node: Node = Variable(leaf)
        for _ in range(20_000):
            node = Call("negative", (node,))
        towers.append(node)
    assert towers[0] == towers[1]
    assert hash(towers[0]) == hash(towers[1])
    assert towers[0] != towers[2]


def test_a_call_equals_only_a_call_of_the_same_operator_and_arguments() -> None:
    epoch = Variable("epoch")
    assert Call("multiply", (Constant(0.5), epoch)) == _HALF_EPOCH
    others = (Call("add", (Constant(0.5), epoch)), Call("multiply", (epoch,)), Call("multiply", (epoch, epoch)), epoch)
    assert _HALF_EPOCH not in others
    assert _HALF_EPOCH != "multiply"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_constant_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Constant(value)


def test_minus_zero_is_the_constant_zero() -> None:
    assert str(Constant(-0.0).value) == "0.0"


def test_a_whole_number_is_the_same_constant_as_its_float() -> None:
    assert Constant(3) == Constant(3.0)
    assert isinstance(Constant(3).value, float)


def test_variables_are_replaced_all_at_once() -> None:
    swapped = substitute(Call("add", (Variable("x"), Variable("y"))), {"x": Variable("y"), "y": _HALF_EPOCH})
    assert swapped == Call("add", (Variable("y"), _HALF_EPOCH))
    assert substitute(_TREE, {"x": Constant(0)}) == _TREE
