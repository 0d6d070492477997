import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Node, size
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.expressions.simplify import simplify

_epochs = st.integers(0, 5).map(float) | st.integers(0, 10**6).map(float)
_rates = st.sampled_from([0.0, -0.0, 0.01, 0.05, 0.5, 1.0]) | st.floats(0, allow_infinity=False)


def _simplified(text: str) -> str:
    return to_text(simplify(parse(text, SCHEDULE), SCHEDULE))


@given(node=..., epoch=_epochs, rate=_rates)
@example(parse("1 / negative(0)", SCHEDULE), 0.0, 0.0)
@example(parse("pow(negative(0), -1)", SCHEDULE), 0.0, 0.0)
@example(parse("if_func(sqrt(-1) >= sqrt(-1), 1, 2)", SCHEDULE), 0.0, 0.0)
@example(parse("if_func(sqrt(-1) < 1, 1, if_func(sqrt(-1) >= 1, 2, 3))", SCHEDULE), 0.0, 0.0)
@example(parse("log_abs(0) + divide_no_nan(1, 0) + sqrt(-1)", SCHEDULE), 0.0, 0.0)
@example(parse("exp(1000) * 0", SCHEDULE), 0.0, 0.0)
def test_the_value_stays_the_same_to_the_last_bit(node: Node, epoch: float, rate: float) -> None:
    values = {"epoch": epoch, "learning_rate": rate}
    assert evaluate(simplify(node, SCHEDULE), values).hex() == evaluate(node, values).hex()


@given(...)
def test_nothing_gets_longer_and_a_second_time_changes_nothing(node: Node) -> None:
    simpler = simplify(node, SCHEDULE)
    assert size(simpler) <= size(node)
    assert simplify(simpler, SCHEDULE) == simpler


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        # Conditions that are always or never met.
        ("if_func(1 < 2, 0.1, 0.2)", "0.1"),
        ("if_func(epoch >= 0, 0.1, 0.2)", "0.1"),
        ("if_func(learning_rate < 0, 0.1, 0.2)", "0.2"),
        ("if_func(epoch < epoch, 0.1, 0.2)", "0.2"),
        ("if_func(epoch >= epoch, 0.1, 0.2)", "0.1"),
        # Branches that cannot be reached.
        ("if_func(epoch < 10, if_func(epoch < 20, 0.1, 0.2), 0.3)", "if_func(epoch < 10, 0.1, 0.3)"),
        ("if_func(epoch < 10, if_func(epoch > 9, 0.1, 0.2), 0.3)", "if_func(epoch < 10, 0.2, 0.3)"),
        ("if_func(epoch < 20, 0.1, if_func(epoch > 10, 0.2, 0.3))", "if_func(epoch < 20, 0.1, 0.2)"),
        (
            "if_func(learning_rate > 0.05, if_func(learning_rate <= 0.01, 0.1, 0.2), 0.3)",
            "if_func(learning_rate > 0.05, 0.2, 0.3)",
        ),
        (
            "if_func(epoch > 3, if_func(epoch < 9, if_func(epoch <= 3, 0.1, if_func(epoch >= 9, 0.2, 0.3)), 0.4), 0.5)",
            "if_func(epoch > 3, if_func(epoch < 9, 0.3, 0.4), 0.5)",
        ),
        # Repeated conditions, also those that no range describes.
        (
            "if_func(learning_rate < epoch, if_func(learning_rate < epoch, 0.1, 0.2), 0.3)",
            "if_func(learning_rate < epoch, 0.1, 0.3)",
        ),
        # Branches that make no difference.
        ("if_func(epoch < 10, 0.1, 0.1)", "0.1"),
        ("if_func(epoch < 10, if_func(epoch < 5, 0.1, 0.1), 0.1)", "0.1"),
        ("if_func(epoch < 10, 0.1, if_func(epoch < 20, 0.1, 0.2))", "if_func(epoch < 20, 0.1, 0.2)"),
        ("if_func(epoch < 20, if_func(epoch < 10, 0.1, 0.2), 0.2)", "if_func(epoch < 10, 0.1, 0.2)"),
        ("if_func(epoch > 20, 0.1, if_func(epoch < 10, 0.2, 0.1))", "if_func(epoch < 10, 0.2, 0.1)"),
        # A difference stays where there is one.
        ("if_func(epoch < 20, if_func(epoch < 10, 0.1, 0.2), 0.3)", None),
        ("if_func(epoch < 10, 0.1, if_func(learning_rate < 0.01, 0.1, 0.2))", None),
        ("if_func(learning_rate < 0.05, if_func(learning_rate <= 0.04, 0.1, 0.2), 0.3)", None),
        # The variable comes first.
        ("if_func(20 > epoch, 0.1, if_func(epoch >= 20, 0.2, 0.3))", "if_func(epoch < 20, 0.1, 0.2)"),
        # Arithmetic on constants, as far as the result is a constant.
        ("if_func(epoch < 2 * 5, 0.1 / 2, sqrt(-1))", "if_func(epoch < 10, 0.05, sqrt(-1))"),
        ("if_func(2 + 3 < 4, epoch, 1 / 0)", "0"),
        ("exp(1000)", None),
        ("negative(0)", None),
        ("multiply(epoch, 1)", None),
    ],
)
def test_a_person_sees_the_real_shape(text: str, simpler: str | None) -> None:
    assert _simplified(text) == (simpler or text)


def test_a_schedule_as_long_as_evolution_writes_them_shows_its_three_steps() -> None:
    assert (
        _simplified(
            "if_func(epoch <= 12, if_func(learning_rate < 0.05, if_func(epoch > 30, 0.09, 0.02), 0.02), "
            "if_func(epoch < 13, 0.07, if_func(epoch >= 40, if_func(epoch < 40, 0.01, 0.003), "
            "if_func(epoch > 12, 0.01, 0.1))))"
        )
        == "if_func(epoch <= 12, 0.02, if_func(epoch >= 40, 0.003, 0.01))"
    )
