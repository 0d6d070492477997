import math

import pytest

from backend.expressions.languages import FORMULA, SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_plain import plain_number, to_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("add(multiply(0.9, x), multiply(0.10000001, g))", "0.9 x + 0.1 g"),
        ("subtract(x, subtract(y, g))", "x − (y − g)"),
        ("negative(add(x, g))", "−(x + g)"),
        ("multiply(-2, g)", "(−2) g"),
        ("divide_no_nan(g, sqrt(add(x, 1e-7)))", "g / sqrt(x + 1e−07)"),
        ("square(add(x, g))", "(x + g)²"),
        ("pow(0.9, step)", "0.9^step"),
        ("abs(min(x, g))", "|min(x, g)|"),
        ("cos(multiply(pi, t))", "cos(π t)"),
    ],
)
def test_a_rule_reads_like_a_formula(text: str, plain: str) -> None:
    assert to_plain(parse(text, FORMULA)) == plain


def test_a_choice_is_written_as_a_call() -> None:
    assert to_plain(parse("if_func(epoch < 3, 0.1, 0.2) + 1", SCHEDULE)) == "if_func(epoch < 3, 0.1, 0.2) + 1"


def test_numbers_are_rounded_to_what_is_read() -> None:
    assert [plain_number(each) for each in (0.123456, -2.0, 1e-7, 12345.0, math.pi)] == [
        "0.1235",
        "−2",
        "1e−07",
        "12345",
        "π",
    ]
