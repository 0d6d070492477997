import math

import pytest

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM, SCHEDULE
from backend.expressions.parse import parse

_VALUES = {"epoch": 3.0, "learning_rate": 0.01}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("if_func(epoch < 4, 0.5, 0.25)", 0.5),
        ("if_func(epoch < 3, 0.5, 0.25)", 0.25),
        ("if_func(learning_rate >= 0.01, 1, 2)", 1.0),
        ("divide_no_nan(1, epoch - 3)", 0.0),
        ("if_func(epoch > 0, epoch, 1 / (epoch - 3))", 3.0),
        ("square(epoch) - pow(2, epoch)", 1.0),
        ("min(epoch, max(1, 2))", 2.0),
    ],
)
def test_an_expression_has_the_value_that_its_operators_give(text: str, value: float) -> None:
    assert evaluate(parse(text, SCHEDULE), _VALUES) == value


def test_a_comparison_is_made_in_float64() -> None:
    just_below = math.nextafter(0.01, 0)
    expression = parse("if_func(learning_rate >= 0.01, 1, 2)", SCHEDULE)
    assert evaluate(expression, {"learning_rate": just_below}) == 2.0


def test_comparing_with_nan_takes_the_other_branch() -> None:
    assert evaluate(parse("if_func(sqrt(-1) < 1, 1, 2)", SCHEDULE), {}) == 2.0


def test_a_variable_without_a_value_is_named() -> None:
    with pytest.raises(KeyError, match="epoch"):
        evaluate(parse("epoch", SCHEDULE), {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 / epoch", 1.0),
        ("multiply(2, multiply(1e200, 1e200))", 2.0),
        ("multiply(2, sin(loss))", 2.0),
        ("multiply(2, exp_below_700(700))", 2.0),
        ("multiply(2, exp_below_700(699))", 2 * math.exp(699)),
        ("multiply(2, log_abs(0))", 0.0),
        ("log_abs(epoch_share - 1)", math.log(0.75)),
        ("multiply(2, loss - loss)", 2.0),
    ],
)
def test_in_a_protected_language_the_node_that_is_not_finite_becomes_one(text: str, value: float) -> None:
    values = {"epoch": 0.0, "loss": math.inf, "val_loss": math.nan, "epoch_share": 0.25}
    assert evaluate(parse(text, PROGRAM), values, PROGRAM) == value


def test_a_bare_variable_that_is_not_finite_stays_so() -> None:
    assert math.isnan(evaluate(parse("val_loss", PROGRAM), {"val_loss": math.nan}, PROGRAM))
    assert evaluate(parse("loss", PROGRAM), {"loss": math.inf}, PROGRAM) == math.inf
