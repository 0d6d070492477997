import math
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from backend.expressions.errors import ExpressionError
from backend.expressions.nodes import Constant, Node, Variable
from backend.expressions.print_text import to_text
from backend.phenotypes.schedule import as_float32
from backend.phenotypes.schedule_program import FIRST_LOSS, ScheduleProgram, SetPer, ValLoss, clamped
from tests.backend.programs import PROGRAMS, VALUES, tower

_PUBLISHED = "add(multiply(epoch, 0.00116184), 0.00153748)"


def _program(text: str, **settings: Any) -> ScheduleProgram:
    return ScheduleProgram.from_text(text, **{"epochs": 10, **settings})


def test_the_published_best_rises_with_the_epochs() -> None:
    rates = [_program(_PUBLISHED).rate(epoch) for epoch in range(3)]
    assert rates == [as_float32(epoch * 0.00116184 + 0.00153748) for epoch in range(3)]


@pytest.mark.parametrize(
    ("text", "loss", "rate"),
    [
        ("loss", 0.25, 0.25),
        ("loss", 3.0, 1.0),
        ("loss", math.inf, 1.0),
        ("loss", math.nan, 0.0),
        ("add(loss, 0)", math.nan, 1.0),
        ("subtract(0, loss)", 0.25, 0.0),
        ("multiply(0.5, multiply(1e200, 1e200))", 0.0, 0.5),
        ("multiply(0.5, loss / 0)", 7.0, 0.5),
        ("multiply(0.5, exp_below_700(loss))", 700.0, 0.5),
        ("multiply(1e-50, loss)", 1.0, 0.0),
    ],
)
def test_the_rate_is_clamped_and_never_fails(text: str, loss: float, rate: float) -> None:
    assert _program(text).rate(0, loss) == rate


@given(node=PROGRAMS, values=VALUES)
def test_every_rate_is_a_float32_from_0_to_1_and_what_the_whole_expression_gives(
    node: Node, values: dict[str, float]
) -> None:
    for val_loss in ValLoss:
        program = ScheduleProgram(node, epochs=20, val_loss=val_loss)
        seen = (int(values["epoch"]) % 20, values["loss"], values["val_loss"])
        rate = program.rate(*seen)
        assert 0 <= rate <= 1
        assert math.copysign(1, rate) == 1
        assert rate == as_float32(rate) == clamped(program.value(*seen))


def test_a_dead_val_loss_is_zero_whatever_is_given() -> None:
    assert _program("val_loss", val_loss="dead").rate(3, 0.5, 0.75) == 0.0
    assert _program("val_loss").rate(3, 0.5, 0.75) == 0.75
    assert to_text(_program("cos(val_loss) * loss", val_loss="dead").simplified) == "multiply(1, loss)"


def test_before_there_is_a_loss_a_schedule_sees_a_hundredth() -> None:
    assert FIRST_LOSS == 0.01
    assert _program("loss").rate(0) == _program("val_loss").rate(0) == as_float32(0.01)


def test_the_epochs_share_is_of_the_planned_epochs() -> None:
    assert [_program("epoch_share", epochs=4).rate(epoch) for epoch in range(4)] == [0.0, 0.25, 0.5, 0.75]


def test_only_what_makes_a_difference_is_read() -> None:
    assert _program("add(multiply(0, sin(loss)), epoch)").reads == {"epoch"}
    assert _program("add(loss, multiply(val_loss, epoch_share))").reads == {"loss", "val_loss", "epoch_share"}
    assert _program("add(loss, val_loss)", val_loss="dead").reads == {"loss"}


def test_the_text_is_that_of_the_expression_as_it_was_bred() -> None:
    assert _program("loss - loss").text == "subtract(loss, loss)"
    assert _program(_PUBLISHED).text == _PUBLISHED


def test_a_tree_of_thousands_of_levels_has_its_rate() -> None:
    deep = ScheduleProgram(tower(9_000), epochs=5)
    assert 0 < ScheduleProgram.from_text(deep.text, epochs=5).rate(3) < 1


def test_the_words_of_the_settings_may_be_plain_text() -> None:
    program = _program("loss", set_per="epoch", val_loss="dead")
    assert (program.set_per, program.val_loss) == (SetPer.EPOCH, ValLoss.DEAD)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"epochs": 0}, "epochs must be 1 or more, not 0"),
        ({"set_per": "step"}, "set_per must be batch or epoch, not 'step'"),
        ({"val_loss": "alive"}, "val_loss must be measured or dead, not 'alive'"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        _program("loss", **settings)


def test_text_that_is_no_program_is_refused_with_what_is_known() -> None:
    with pytest.raises(
        ExpressionError, match="'learning_rate' is no variable here; known are epoch, epoch_share, loss"
    ):
        _program("learning_rate")


def _as_published(node: Node, values: dict[str, float]) -> float:
    """Compute an expression as [GP] words it: a maths error or a result that is not finite makes the node 1."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Variable):
        return values[node.name]
    try:
        found = _PUBLISHED_FUNCTIONS[node.operator](*(_as_published(each, values) for each in node.arguments))
    except (ArithmeticError, ValueError):
        return 1.0
    return found if math.isfinite(found) else 1.0


def _exp(x: float) -> float:
    if x >= 700:
        raise OverflowError
    return math.exp(x)


_PUBLISHED_FUNCTIONS: dict[str, Callable[..., float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide_or_one": lambda a, b: 1.0 if b == 0 else a / b,
    "sin": math.sin,
    "cos": math.cos,
    "exp_below_700": _exp,
    "log_abs": lambda x: 0.0 if x == 0 else math.log(abs(x)),
}


@given(node=PROGRAMS, values=VALUES)
def test_every_value_is_that_of_the_published_semantics(node: Node, values: dict[str, float]) -> None:
    epoch = int(values["epoch"]) % 20
    seen = {**values, "epoch": float(epoch), "epoch_share": epoch / 20}
    expected = _as_published(node, seen)
    found = ScheduleProgram(node, 20).value(epoch, values["loss"], values["val_loss"])
    assert found == expected or (math.isnan(found) and math.isnan(expected))
