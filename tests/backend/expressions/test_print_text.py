import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Constant
from backend.expressions.parse import parse
from backend.expressions.print_text import number_text, to_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(20.0, "20"), (0.05, "0.05"), (-3.0, "-3"), (1e-5, "1e-05"), (1e15, "1000000000000000"), (1e16, "1e+16")],
)
def test_numbers_are_written_as_short_as_they_are_read(value: float, text: str) -> None:
    assert number_text(value) == text


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_back_to_the_last_bit(value: float) -> None:
    assert parse(to_text(Constant(value)), SCHEDULE) == Constant(value)


def test_comparisons_are_written_with_their_sign_and_all_else_as_calls() -> None:
    text = "if_func(add(epoch, 1) >= 20, multiply(0.5, learning_rate), negative(3))"
    assert to_text(parse(text, SCHEDULE)) == text
