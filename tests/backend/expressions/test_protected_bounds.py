import math

import pytest
from hypothesis import given

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import LARGEST_FLOAT64, PROGRAM
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.expressions.protected_bounds import ProtectedBounds, protected_bounds, variable_bounds
from backend.expressions.ranges import Range
from tests.backend.programs import PROGRAMS, VALUES


@given(node=PROGRAMS, values=VALUES)
def test_every_value_lies_within_the_bounds(node: Node, values: dict[str, float]) -> None:
    found, value = protected_bounds(node, PROGRAM), evaluate(node, values, PROGRAM)
    assert found.contains(value) or (found.odd and not math.isfinite(value))


@given(node=PROGRAMS, values=VALUES)
def test_knowing_the_epoch_narrows_the_bounds_and_keeps_the_value_within(node: Node, values: dict[str, float]) -> None:
    epoch = values["epoch"]
    known = protected_bounds(node, PROGRAM, {"epoch": ProtectedBounds(epoch, epoch)})
    value = evaluate(node, values, PROGRAM)
    assert known.contains(value) or (known.odd and not math.isfinite(value))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("sin(loss) - 1.5", -2.5, -0.5),
        ("-0.5 - loss", -LARGEST_FLOAT64, 1.0),
        ("-0.5 - cos(loss)", -1.5, 0.5),
        ("epoch_share / -2", -0.5, 0.0),
        ("epoch_share / epoch_share", 0.0, LARGEST_FLOAT64),
        ("epoch_share / (0 - epoch_share)", -LARGEST_FLOAT64, 1.0),
        ("1e200 * 1e200", 1.0, LARGEST_FLOAT64),
    ],
)
def test_bounds_are_as_narrow_as_corners_tell(text: str, low: float, high: float) -> None:
    assert protected_bounds(parse(text, PROGRAM), PROGRAM) == ProtectedBounds(low, high)


def test_only_a_variable_without_ends_can_be_no_number() -> None:
    assert variable_bounds(Range(0)) == ProtectedBounds(0, LARGEST_FLOAT64, odd=True)
    assert variable_bounds(Range(0, 1)) == ProtectedBounds(0, 1)
    assert protected_bounds(parse("val_loss", PROGRAM), PROGRAM).odd
    assert not protected_bounds(parse("val_loss + 1", PROGRAM), PROGRAM).odd
