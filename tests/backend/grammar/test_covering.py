import pytest

from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.grammar.catalogue import grammar_names, load_grammar
from backend.grammar.covering import covering_texts
from backend.grammar.reader import read_grammar


def test_every_production_is_used_by_one_of_the_texts() -> None:
    rules = read_grammar("<a> ::= f(<b>, <c>) | <c>\n<b> ::= one | two(<c>)\n<c> ::= 1 | 2").rules
    assert covering_texts(rules) == ("f(one, 1)", "1", "f(two(1), 1)", "f(one, 2)")


def test_texts_are_not_repeated() -> None:
    assert covering_texts(read_grammar("<a> ::= x | x | <b>\n<b> ::= x").rules) == ("x",)


def test_a_long_chain_of_rules_is_covered() -> None:
    chain = "".join(f"<r{i}> ::= (<r{i + 1}>) | x\n" for i in range(500)) + "<r500> ::= y"
    texts = covering_texts(read_grammar(chain).rules)
    assert "(" * 500 + "y" + ")" * 500 in texts


@pytest.mark.parametrize("name", [name for name in grammar_names() if load_grammar(name).notes.evolves == "schedule"])
def test_the_grammars_of_schedules_speak_their_language(name: str) -> None:
    for text in load_grammar(name).covering_phenotypes():
        meant = parse(text, SCHEDULE)
        assert parse(to_text(meant), SCHEDULE) == meant
