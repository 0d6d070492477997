import pytest

from backend.grammar.pattern import cut, number_in, pattern_of
from backend.grammar.rules import NonTerminal, Production, Terminal


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("add(x, 1e-07)", ["add", "(", "x", ",", "1e-07", ")"]),
        ("epoch <= 10", ["epoch", "<=", "10"]),
        ("x = -0.5; y = 2", ["x", "=", "-0.5", ";", "y", "=", "2"]),
        ("a - 1 -1", ["a", "-", "1", "-", "1"]),
        ("f(-.5)", ["f", "(", "-.5", ")"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_numbers_names_and_signs(text: str, tokens: list[str]) -> None:
    assert list(cut(text).tokens) == tokens


def test_pieces_know_where_operands_end_and_what_their_arguments_are() -> None:
    pieces = cut("f(a, g(b, 1), (2)) + 3")
    assert pieces.operand_end(0) == len(pieces) - 2
    assert pieces.text(0, pieces.operand_end(0)) == "f(a, g(b, 1), (2))"
    assert [pieces.text(*each) for each in pieces.arguments(0, pieces.operand_end(0))] == ["a", "g(b, 1)", "2"]
    assert pieces.operand_end(1) == 1
    assert cut("f(a").operand_end(0) == 1
    assert cut("f(a").operand_end(3) == 3


def test_a_number_is_finite() -> None:
    assert [number_in(each) for each in ("0.5", "1e-7", "-3", "x", "inf", "nan", "1e999")] == [
        *(0.5, 1e-7, -3.0),
        *(None, None, None, None),
    ]


def test_a_production_is_a_pattern_of_names_and_tokens() -> None:
    production = Production((Terminal("add("), NonTerminal("e"), Terminal(", 1)")))
    assert pattern_of(production).symbols == (("add", "("), "e", (",", "1", ")"))
    assert pattern_of(production).number is None
    assert pattern_of(Production((Terminal("0.5"),))).number == 0.5
