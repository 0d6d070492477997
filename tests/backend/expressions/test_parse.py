import math
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.errors import ExpressionError
from backend.expressions.languages import JOINT, PROGRAM, SCHEDULE, Language
from backend.expressions.nodes import Call, Constant, Node, Variable, depth
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.ranges import Range
from tests.backend.programs import PROGRAMS, tower

_EPOCH = Variable("epoch")


def _error(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text, SCHEDULE)
    return caught.value


@given(...)
def test_every_expression_is_read_back_from_its_canonical_text(node: Node) -> None:
    assert parse(to_text(node), SCHEDULE) == node


def test_a_published_schedule_is_read() -> None:
    assert parse("if_func(epoch < 20, 0.05, if_func(learning_rate >= 0.01, 0.1, 0.001))", SCHEDULE) == Call(
        "if_func",
        (
            Call("less", (_EPOCH, Constant(20))),
            Constant(0.05),
            Call(
                "if_func",
                (
                    Call("greater_equal", (Variable("learning_rate"), Constant(0.01))),
                    Constant(0.1),
                    Constant(0.001),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("sugar", "canonical"),
    [
        ("1 - 2 - 3", "subtract(subtract(1, 2), 3)"),
        ("1 - (2 - 3)", "subtract(1, subtract(2, 3))"),
        ("1 + 2 * 3", "add(1, multiply(2, 3))"),
        ("(1 + 2) * 3", "multiply(add(1, 2), 3)"),
        ("8 / 4 / 2", "divide_no_nan(divide_no_nan(8, 4), 2)"),
        ("-epoch * 2", "multiply(negative(epoch), 2)"),
        ("-2 * epoch", "multiply(-2, epoch)"),
        ("- 2", "-2"),
        ("-(2)", "negative(2)"),
        ("--2", "negative(-2)"),
        ("1 - -2", "subtract(1, -2)"),
        ("if_func(less(epoch, 1 + 1), .5, 5.)", "if_func(epoch < add(1, 1), 0.5, 5)"),
        ("if_func((epoch<=1E1),1,2)", "if_func(epoch <= 10, 1, 2)"),
        ("\tadd ( 1,\n2 ) ", "add(1, 2)"),
    ],
)
def test_signs_mean_the_operators_with_the_usual_precedence(sugar: str, canonical: str) -> None:
    assert to_text(parse(sugar, SCHEDULE)) == canonical


@pytest.mark.parametrize(
    ("text", "column", "part"),
    [
        ("", 1, "the end of the text"),
        ("   ", 4, "the end of the text"),
        ("epok", 1, "known are epoch, learning_rate"),
        ("__import__('os')", 1, "'__import__' is no operator"),
        ("add(1, loss)", 8, "'loss' is no variable"),
        ("foo(1)", 1, "'foo' is no operator"),
        ("add", 1, "'add' is no variable"),
        ("epoch(1)", 1, "'epoch' is no operator"),
        ("1 + add(1)", 5, "add takes 2 arguments, not 1"),
        ("add()", 1, "add takes 2 arguments, not 0"),
        ("add(1, 2, 3)", 1, "add takes 2 arguments, not 3"),
        ("if_func(1, 2, 3)", 9, "must be a condition, not a number"),
        ("if_func(epoch < 1, epoch < 2, 3)", 26, "The second argument of if_func must be a number"),
        ("epoch < 3", 7, "must give a number"),
        ("1 < 2 < 3", 3, "The first argument of less must be a number"),
        ("add(1, 2", 9, "',' or ')'"),
        ("add(1 2)", 7, "',' or ')'"),
        ("(1", 3, "')'"),
        ("1)", 2, "an operator or the end"),
        ("1 2", 3, "an operator or the end"),
        ("2epoch", 2, "an operator or the end"),
        ("1.2.3", 4, "an operator or the end"),
        ("add(,1)", 5, "Found ','"),
        ("add(1,)", 7, "Found ')'"),
        ("1 ** 2", 4, "Found '*'"),
        ("1 +", 4, "the end of the text"),
        ("0.5 + 1e999", 7, "too large"),
        ("9" * 400, 1, "too large"),
        ("-1e999", 2, "too large"),
        ("epoch == 3", 7, "U+003D EQUALS SIGN"),
    ],
)
def test_an_error_names_the_column_and_what_is_wrong(text: str, column: int, part: str) -> None:
    error = _error(text)
    assert (error.column, part in error.message) == (column, True), error
    assert str(error) == f"Column {column}: {error.message}"


@pytest.mark.parametrize("opening", ["(", "-", "1+(", "negative(", "if_func(1 < 1 + (", "add(1, "])
def test_ten_thousand_nestings_are_refused_at_once_with_the_column(opening: str) -> None:
    started = time.process_time()
    error = _error(opening * 10_000 + "1")
    assert "deeper than 100" in error.message
    assert 1 < error.column <= len(opening) * (SCHEDULE.deepest + 1)
    assert time.process_time() - started < 2


def test_a_long_chain_of_signs_is_as_deep_as_its_brackets_would_be() -> None:
    assert depth(parse("1" + "+1" * (SCHEDULE.deepest - 1), SCHEDULE)) == SCHEDULE.deepest
    assert _error("1" + "+1" * 10_000).column == 2 * SCHEDULE.deepest


def test_the_deepest_expression_allowed_is_read_printed_and_compared_with_half_of_pythons_stack() -> None:
    deepest = "negative(" * (SCHEDULE.deepest - 1) + "epoch" + ")" * (SCHEDULE.deepest - 1)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_stack_depth() + 500)
    try:
        node = parse(deepest, SCHEDULE)
        assert to_text(node) == deepest
        assert node == parse(deepest, SCHEDULE)
        assert hash(node) == hash(parse(deepest, SCHEDULE))
    finally:
        sys.setrecursionlimit(limit)
    assert _error(f"negative({deepest})").column == 9 * SCHEDULE.deepest + 1


@given(text=st.text(alphabet="epoch learning_rate if_func(add)<>=+-*/.,019eE\n", max_size=60) | st.text())
def test_any_text_is_an_expression_or_an_error_within_it(text: str) -> None:
    column = 1
    try:
        node = parse(text, SCHEDULE)
    except ExpressionError as error:
        column = error.column
    else:
        assert parse(to_text(node), SCHEDULE) == node
    assert 1 <= column <= len(text) + 1


def test_a_constant_can_be_written_by_its_name_where_the_language_has_one() -> None:
    assert parse("pi", JOINT) == Constant(math.pi)
    assert to_text(parse("pi * t", JOINT)) == "multiply(3.141592653589793, t)"
    assert "'pi' is no variable" in _error("pi").message
    with pytest.raises(ExpressionError, match="known are g, pi, t, w, x, y, z"):
        parse("tau", JOINT)


def test_a_number_that_float32_does_not_hold_is_refused_where_rules_are_written() -> None:
    with pytest.raises(ExpressionError, match=r"Column 5: The number '3\.5e38' is too large; at most 3\.4e"):
        parse("g + 3.5e38", JOINT)


def test_a_language_knows_only_its_own_operators_and_variables() -> None:
    small = Language("small", 1, frozenset({"multiply"}), {"g": Range()})
    assert parse("g * -2", small) == Call("multiply", (Variable("g"), Constant(-2)))
    for text in ("g + 1", "epoch", "add(g, g)", "-g"):
        with pytest.raises(ExpressionError):
            parse(text, small)


def _stack_depth() -> int:
    frame, count = sys._getframe(), 0
    while frame.f_back is not None:
        frame, count = frame.f_back, count + 1
    return count


@given(node=PROGRAMS)
def test_every_program_is_read_back_from_its_canonical_text(node: Node) -> None:
    assert parse(to_text(node), PROGRAM) == node


def test_a_language_can_allow_nesting_that_no_recursion_could_enter() -> None:
    deep = tower(PROGRAM.deepest - 1)
    assert parse(to_text(deep), PROGRAM) == deep
    with pytest.raises(ExpressionError, match="deeper than 10000 levels"):
        parse(to_text(Call("sin", (deep,))), PROGRAM)


def test_a_sign_is_the_operator_that_the_language_has() -> None:
    assert to_text(parse("epoch / loss", PROGRAM)) == "divide_or_one(epoch, loss)"
