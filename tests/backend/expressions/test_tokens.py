import pytest

from backend.expressions.errors import ExpressionError
from backend.expressions.tokens import tokens


def test_a_text_is_cut_into_pieces_that_know_their_columns() -> None:
    cut = [(token.kind, token.text, token.column) for token in tokens("add(epoch, .5) <= 1e-3")]
    assert cut == [
        ("name", "add", 1),
        ("sign", "(", 4),
        ("name", "epoch", 5),
        ("sign", ",", 10),
        ("number", ".5", 12),
        ("sign", ")", 14),
        ("sign", "<=", 16),
        ("number", "1e-3", 19),
        ("end", "", 23),
    ]


@pytest.mark.parametrize(
    ("text", "column", "named"),
    [
        ("еpoch", 1, "U+0435 CYRILLIC SMALL LETTER IE"),
        ("epoсh < 1", 4, "U+0441 CYRILLIC SMALL LETTER ES"),
        ("add(１, 2)", 5, "U+FF11 FULLWIDTH DIGIT ONE"),
        ("1 − 2", 3, "U+2212 MINUS SIGN"),
        ("1 +\u00a02", 4, "U+00A0 NO-BREAK SPACE"),
        ("1\u202e", 2, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("1\x00", 2, "U+0000"),
        ("1\ud800", 2, "U+D800"),
        ("10^999", 3, "U+005E CIRCUMFLEX ACCENT"),
    ],
)
def test_a_character_that_only_looks_right_is_named(text: str, column: int, named: str) -> None:
    with pytest.raises(ExpressionError) as error:
        list(tokens(text))
    assert error.value.column == column
    assert named in error.value.message
    assert error.value.message.isprintable()


def test_a_long_name_is_shown_shortened() -> None:
    token = next(tokens("a" * 1000))
    assert len(str(token)) < 50
