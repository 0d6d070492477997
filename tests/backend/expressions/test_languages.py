from backend.expressions.languages import SCHEDULE
from backend.expressions.operators import OPERATORS


def test_the_language_of_schedules_has_only_operators_of_the_table() -> None:
    assert SCHEDULE.operators <= OPERATORS.keys()


def test_no_name_is_both_an_operator_and_a_variable() -> None:
    assert not SCHEDULE.operators & SCHEDULE.variables.keys()


def test_signs_belong_to_the_operators_that_the_language_has() -> None:
    assert {sign: operator.name for sign, operator in SCHEDULE.infix.items()} == {
        "<": "less",
        "<=": "less_equal",
        ">": "greater",
        ">=": "greater_equal",
        "+": "add",
        "-": "subtract",
        "*": "multiply",
        "/": "divide_no_nan",
    }
