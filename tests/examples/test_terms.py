import operator

import pytest

from examples.terms import Terms

NUMBERS: Terms[float] = Terms(
    leaves={"x": 3.0, "y_1": 5.0}, functions={"subtract": (2, operator.sub), "negative": (1, operator.neg)}
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x", 3.0),
        ("subtract(x, y_1)", -2.0),
        ("subtract(negative(x), subtract(y_1, x))", -5.0),
        ("subtract(subtract(x, y_1), negative(negative(x)))", -5.0),
    ],
)
def test_a_term_is_worth_what_its_functions_make_of_its_leaves(text: str, value: float) -> None:
    assert NUMBERS.value(text) == value


def test_unknown_words_are_refused() -> None:
    with pytest.raises(KeyError, match="z"):
        NUMBERS.value("negative(z)")
