import math

import numpy as np
import pytest
from hypothesis import given

from backend.expressions.errors import ExpressionError
from backend.expressions.nodes import Constant, Node
from backend.expressions.print_text import to_text
from backend.phenotypes.schedule import CannotTrain, Schedule, as_float32

_FLOAT32_OF_A_HUNDREDTH = 0.009999999776482582


def test_rates_are_what_a_float32_holds() -> None:
    assert Schedule.from_text("0.01").rates(3) == (_FLOAT32_OF_A_HUNDREDTH,) * 3


def test_the_previous_rate_is_compared_as_the_float32_that_the_optimizer_held() -> None:
    schedule = Schedule.from_text("if_func(learning_rate >= 0.01, 0.5, 0.25)")
    # 0.01 is a little less in float32, so that the first rate is not reached.
    assert schedule.rates(3) == (0.25, 0.5, 0.5)


def test_the_rate_before_the_first_epoch_can_be_chosen() -> None:
    schedule = Schedule.from_text("if_func(learning_rate > 1, 0.5, 0.25)", initial_rate=2)
    assert schedule.rates(2) == (0.5, 0.25)


@pytest.mark.parametrize(("first_epoch", "rates"), [(0, (0.5, 0.5, 0.25)), (1, (0.5, 0.25, 0.25))])
def test_epochs_are_counted_from_the_first_one(first_epoch: int, rates: tuple[float, ...]) -> None:
    assert Schedule.from_text("if_func(epoch < 2, 0.5, 0.25)", first_epoch).rates(3) == rates


@given(...)
def test_one_rate_at_a_time_gives_the_same_rates(node: Node) -> None:
    schedule = Schedule(node)
    previous = as_float32(schedule.initial_rate)
    try:
        rates = schedule.rates(4)
    except CannotTrain:
        return
    for index, rate in enumerate(rates):
        previous = schedule.rate(index, previous)
        assert previous == rate


@given(...)
def test_the_simplified_expression_gives_the_same_rates_or_fails_for_the_same_reason(node: Node) -> None:
    schedule = Schedule(node, first_epoch=1)
    assert _outcome(schedule) == _outcome(Schedule(schedule.simplified, first_epoch=1))


def _outcome(schedule: Schedule) -> tuple[float, ...] | str:
    try:
        return schedule.rates(4)
    except CannotTrain as reason:
        return str(reason)


def test_the_simplified_expression_is_shorter() -> None:
    schedule = Schedule.from_text("if_func(epoch < 5, if_func(epoch < 9, 0.1, 0.2), 0.3)")
    assert to_text(schedule.simplified) == "if_func(epoch < 5, 0.1, 0.3)"
    assert schedule.text == "if_func(epoch < 5, if_func(epoch < 9, 0.1, 0.2), 0.3)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("subtract(0.1, multiply(0.1, epoch))", "The rate of epoch 2 is negative (-0.1)."),
        ("sqrt(negative(epoch))", "The rate of epoch 1 is not a finite number (nan)."),
        ("1e39", "The rate of epoch 0 is not a finite number (inf)."),
    ],
)
def test_a_rate_that_no_training_can_use_ends_the_rates_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(CannotTrain) as error:
        Schedule.from_text(text).rates(5)
    assert str(error.value) == reason


def test_rates_before_the_first_unusable_one_are_given() -> None:
    assert len(Schedule.from_text("subtract(0.1, multiply(0.1, epoch))").rates(2)) == 2


def test_minus_zero_is_the_rate_zero() -> None:
    assert [math.copysign(1, rate) for rate in Schedule.from_text("negative(0)").rates(2)] == [1, 1]


def test_schedules_of_the_same_expression_and_setting_are_equal() -> None:
    assert Schedule.from_text("0.1") == Schedule(Constant(0.1))
    assert Schedule.from_text("0.1") != Schedule.from_text("0.1", first_epoch=1)


def test_text_that_is_no_schedule_is_refused_with_its_column() -> None:
    with pytest.raises(ExpressionError, match="Column 6"):
        Schedule.from_text("0.1 +")


@pytest.mark.parametrize("rate", [-0.1, math.inf, math.nan])
def test_an_initial_rate_that_no_optimizer_can_hold_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="initial_rate"):
        Schedule.from_text("0.1", initial_rate=rate)


def test_epochs_are_not_counted_from_below_zero() -> None:
    with pytest.raises(ValueError, match="first_epoch"):
        Schedule.from_text("0.1", first_epoch=-1)


def test_rounding_to_float32_is_that_of_numpy_and_overflows_to_infinity() -> None:
    assert as_float32(0.1) == float(np.float32(0.1))
    assert as_float32(-1e300) == -math.inf
