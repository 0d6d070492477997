from itertools import pairwise

import pytest
from hypothesis import given, settings

from backend.experiments.raw_form import raw_form
from backend.expressions.nodes import Call, Node, Variable
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules


def _marked(text: str) -> str:
    """Write a rule with its dead pieces in square brackets."""
    pieces = raw_form(UpdateRule.from_text(text))
    return "".join(f"[{piece.text}]" if piece.dead else piece.text for piece in pieces)


def test_a_state_that_nothing_reads_is_dead_and_so_is_what_only_that_reads() -> None:
    marked = _marked("x = g; y = x; z = multiply(y, g); weight = multiply(0.1, g)")
    assert marked == "[x = g; y = x; z = multiply(y, g)]; weight = multiply(0.1, g)"


def test_a_state_that_the_weight_needs_through_another_is_alive() -> None:
    assert "[" not in _marked("x = g; y = x; z = y; weight = z")


@pytest.mark.parametrize(
    ("weight", "marked"),
    [
        ("add(g, multiply(subtract(g, g), w))", "add(g, multiply(subtract(g, g), [w]))"),
        ("multiply(g, pow(1, w))", "multiply(g, pow(1, [w]))"),
        ("add(g, divide_no_nan(w, 0))", "add(g, divide_no_nan([w], 0))"),
        ("multiply(g, max(2, t))", "multiply(g, max(2, [t]))"),
        ("multiply(g, max(0.5, t))", "multiply(g, max(0.5, t))"),
        ("multiply(0.1, g)", "multiply(0.1, g)"),
    ],
)
def test_what_could_be_anything_within_a_function_is_dead(weight: str, marked: str) -> None:
    assert _marked(f"x = 0; y = 0; z = 0; weight = {weight}") == f"[x = 0; y = 0; z = 0]; weight = {marked}"


def test_a_state_that_never_moves_is_kept_alive_by_what_keeps_it_still() -> None:
    assert _marked("x = x; y = 0; z = 0; weight = add(g, multiply(x, w))").startswith("x = x[")


@given(rule=rules())
@settings(max_examples=30)
def test_the_pieces_are_the_whole_text_and_neighbours_differ(rule: UpdateRule) -> None:
    pieces = raw_form(rule)
    assert "".join(piece.text for piece in pieces) == rule.text
    assert all(piece.dead != following.dead for piece, following in pairwise(pieces))


def test_of_a_huge_rule_whole_functions_are_told_at_once() -> None:
    node: Node = Variable("g")
    for _ in range(60):
        node = Call("add", (node, Call("multiply", (Variable("w"), Variable("t")))))
    zero = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = 0")
    first, second = raw_form(UpdateRule.of({**zero.functions, "weight": node}))
    assert (first.text, first.dead, second.dead) == ("x = 0; y = 0; z = 0", True, False)
