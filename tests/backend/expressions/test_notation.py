from backend.expressions.forms import Binding, Form
from backend.expressions.languages import SCHEDULE
from backend.expressions.notation import Notation
from backend.expressions.parse import parse
from backend.expressions.print_text import number_text

_PLAIN = Notation(
    constant=number_text,
    variable=str,
    form=lambda operator: operator.latex,
    brackets="(#1)",
    closed_choice=Form("[#1]", Binding.COMPARISON),
)


def _written(text: str) -> str:
    return _PLAIN.write(parse(text, SCHEDULE))


def test_brackets_stand_only_where_the_meaning_needs_them() -> None:
    assert _written("(1 + 2) - 3") == "1 + 2 - 3"
    assert _written("1 - (2 - 3)") == "1 - (2 - 3)"
    assert _written("(1 * 2) + 3") == r"1 \cdot 2 + 3"
    assert _written("1 * (2 + 3)") == r"1 \cdot (2 + 3)"
    assert _written("square(pow(1, 2 + 3))") == "(1^{2 + 3})^{2}"
    assert _written("-(1 + 2)") == "-(1 + 2)"


def test_a_negative_number_is_bracketed_after_an_operator() -> None:
    assert _written("1 - -2") == "1 - (-2)"
    assert _written("square(-2)") == "(-2)^{2}"
    assert _written("-2 + 1") == "-2 + 1"


def test_a_choice_in_the_last_place_of_a_choice_goes_on_with_the_next_row() -> None:
    assert (
        _written("if_func(epoch < 1, 2, if_func(epoch < 3, 4, 5))")
        == r"[2 & \text{if } epoch < 1 \\ 4 & \text{if } epoch < 3 \\ 5]"
    )


def test_a_choice_elsewhere_is_closed_first() -> None:
    inner = r"[2 & \text{if } epoch < 1 \\ 3]"
    assert _written("if_func(epoch < 4, if_func(epoch < 1, 2, 3), 5)") == rf"[{inner} & \text{{if }} epoch < 4 \\ 5]"
    assert _written("1 + if_func(epoch < 1, 2, 3)") == f"1 + ({inner})"
    assert _written("sqrt(if_func(epoch < 1, 2, 3))") == rf"\sqrt{{{inner}}}"
