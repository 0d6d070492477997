import math

import pytest
from hypothesis import example, given

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Call, Node, fold, size
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.simplify import simplify
from tests.backend.programs import PROGRAMS, VALUES, tower

_INFINITE = {"epoch": 0.0, "loss": math.inf, "val_loss": math.nan, "epoch_share": 0.0}


@given(node=PROGRAMS, values=VALUES)
@example(parse("loss - loss", PROGRAM), _INFINITE)
@example(parse("val_loss / val_loss", PROGRAM), _INFINITE)
@example(parse("multiply(0, loss) + add(0, val_loss)", PROGRAM), _INFINITE)
@example(parse("loss / 1 + (val_loss - 0)", PROGRAM), _INFINITE)
def test_the_value_stays_the_same_whatever_the_losses_are(node: Node, values: dict[str, float]) -> None:
    expected, found = evaluate(node, values, PROGRAM), evaluate(simplify(node, PROGRAM), values, PROGRAM)
    assert found == expected or (math.isnan(found) and math.isnan(expected))


@given(node=PROGRAMS)
def test_nothing_gets_longer_and_a_second_time_changes_nothing(node: Node) -> None:
    simpler = simplify(node, PROGRAM)
    assert size(simpler) <= size(node)
    assert simplify(simpler, PROGRAM) == simpler


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        # What is computed is finite, and so is the epoch.
        ("sin(loss) - sin(loss)", "0"),
        ("epoch - epoch", "0"),
        ("multiply(0, cos(loss))", "0"),
        ("multiply(cos(loss), 1)", "cos(loss)"),
        ("epoch / 1", "epoch"),
        ("epoch + 0", "epoch"),
        ("epoch - 0", "epoch"),
        # A loss may be none.
        ("loss - loss", "subtract(loss, loss)"),
        ("multiply(0, loss)", "multiply(0, loss)"),
        ("loss + 0", "add(0, loss)"),
        ("loss - 0", "add(0, loss)"),
        ("loss * 1", "multiply(1, loss)"),
        # The protected points.
        ("loss / 0", "1"),
        ("loss / loss", "1"),
        ("0 / epoch", "divide_or_one(0, epoch)"),
        ("log_abs(0)", "0"),
        ("exp_below_700(700)", "1"),
        ("1e200 * 1e200", "1"),
        # One form for the same.
        ("epoch * 0.5 + 0.25", "add(0.25, multiply(0.5, epoch))"),
        ("loss + epoch", "add(epoch, loss)"),
        ("sin(loss) + cos(loss)", "add(cos(loss), sin(loss))"),
        ("multiply(sin(loss), sin(epoch))", "multiply(sin(epoch), sin(loss))"),
        ("cos(loss * 0.5) + cos(0.25 * loss)", "add(cos(multiply(0.25, loss)), cos(multiply(0.5, loss)))"),
        ("epoch - -0.5", "add(0.5, epoch)"),
        ("-0.5 + epoch", "subtract(epoch, 0.5)"),
        ("loss + loss", "multiply(2, loss)"),
        # Other orders of the same sum round otherwise.
        ("(epoch + loss) + 1", "add(1, add(epoch, loss))"),
    ],
)
def test_a_person_sees_the_real_shape(text: str, simpler: str) -> None:
    assert to_text(simplify(parse(text, PROGRAM), PROGRAM)) == simpler


@given(node=PROGRAMS)
def test_exchanged_operands_come_to_the_same(node: Node) -> None:
    assert simplify(fold(node, _exchanged), PROGRAM) == simplify(node, PROGRAM)


def _exchanged(node: Node, arguments: tuple[Node, ...]) -> Node:
    if not isinstance(node, Call):
        return node
    return Call(node.operator, arguments[::-1] if node.operator in ("add", "multiply") else arguments)


def test_no_expression_is_too_deep() -> None:
    deep = tower(9_000)
    assert simplify(deep, PROGRAM) == deep
