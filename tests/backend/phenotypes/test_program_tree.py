"""The tree of a schedule program and what of it is dead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.nodes import Constant, Node, size, walk
from backend.expressions.print_text import to_text
from backend.phenotypes.program_tree import MOST_PARTS, Part, count_dead, program_tree
from backend.phenotypes.schedule_program import ScheduleProgram, ValLoss
from tests.backend.programs import PROGRAMS, tower


def _parts(tree: Part) -> list[Part]:
    return [tree, *(below for part in tree.parts for below in _parts(part))]


def _dead(text: str, val_loss: str = ValLoss.MEASURED) -> list[str]:
    """The dead parts, a dead part below a dead one left out."""
    return _outermost(program_tree(ScheduleProgram.from_text(text, 10, val_loss=val_loss)))


def _outermost(part: Part) -> list[str]:
    if part.dead and all(below.dead for below in _parts(part)):
        return [to_text(part.node)]
    own = [f"{part.node.operator}()"] if part.dead and hasattr(part.node, "operator") else []
    return own + [text for below in part.parts for text in _outermost(below)]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("add(epoch, sin(loss))", []),
        ("multiply(loss, 0.5)", []),
        # An operator that changes nothing is gone, and so is the number beside it.
        ("multiply(1, sin(loss))", ["multiply()", "1"]),
        ("add(sin(loss), subtract(epoch, epoch))", ["add()", "subtract(epoch, epoch)"]),
        # What always comes to the same number needs nothing below it.
        ("add(loss, sin(cos(0.5)))", ["cos(0.5)"]),
        ("divide_or_one(sin(loss), 0)", ["sin(loss)", "0"]),
        # Of two that become one the second is gone; of two that stay none is.
        ("add(epoch, epoch)", ["epoch"]),
        ("multiply(epoch, epoch)", []),
    ],
)
def test_parts_of_which_nothing_is_left_are_dead(text: str, dead: list[str]) -> None:
    assert _dead(text) == dead


def test_a_validation_loss_that_is_always_zero_is_told_to_be() -> None:
    tree = program_tree(ScheduleProgram.from_text("divide_or_one(val_loss, loss)", 10, val_loss=ValLoss.DEAD))
    assert [part.value for part in tree.parts] == [0.0, None]
    # A loss that is no number makes the sum 1, so the sum stays, with 0 in the place of the product.
    assert _dead("add(loss, multiply(val_loss, epoch))", ValLoss.DEAD) == ["val_loss", "epoch"]
    assert _dead("add(sin(loss), multiply(val_loss, epoch))", ValLoss.DEAD) == ["add()", "multiply(val_loss, epoch)"]


def test_a_part_that_always_comes_to_one_number_says_which() -> None:
    tree = program_tree(ScheduleProgram.from_text("add(loss, exp_below_700(0))", 10))
    assert [part.value for part in tree.parts] == [None, 1.0]


@given(PROGRAMS, st.sampled_from(ValLoss))
def test_the_tree_is_the_whole_program_in_its_order(expression: Node, val_loss: ValLoss) -> None:
    tree = program_tree(ScheduleProgram(expression, 5, val_loss=val_loss))
    assert [part.node for part in _parts(tree)] == list(walk(expression))
    assert count_dead(tree) == sum(part.dead for part in _parts(tree))


@given(PROGRAMS)
def test_a_program_with_nothing_to_simplify_has_nothing_dead(expression: Node) -> None:
    simplified = ScheduleProgram(expression, 5).simplified
    assert count_dead(program_tree(ScheduleProgram(simplified, 5))) == 0


@given(PROGRAMS)
def test_every_variable_that_is_left_lives_in_the_tree(expression: Node) -> None:
    program = ScheduleProgram(expression, 5)
    alive = {to_text(part.node) for part in _parts(program_tree(program)) if not part.dead and not part.parts}
    assert program.reads <= alive


@given(PROGRAMS)
def test_a_program_that_comes_to_a_number_lives_at_its_root_alone(expression: Node) -> None:
    program = ScheduleProgram(expression, 5)
    if isinstance(program.simplified, Constant) and size(expression) > 1:
        tree = program_tree(program)
        assert (count_dead(tree), tree.value) == (size(expression) - 1, program.simplified.value)


def test_a_tree_too_large_to_look_at_every_part_has_none_told_to_be_dead() -> None:
    expression = tower(MOST_PARTS)
    assert count_dead(program_tree(ScheduleProgram(expression, 5))) == 0
