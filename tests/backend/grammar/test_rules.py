from backend.grammar.reader import read_grammar
from backend.grammar.rules import NonTerminal, Production, Terminal


def test_a_production_names_its_non_terminals_as_often_as_they_occur() -> None:
    assert Production((NonTerminal("b"), Terminal("x"), NonTerminal("b"))).nonterminals == ("b", "b")


def test_a_rule_is_written_as_it_is_read() -> None:
    text = "<a> ::= f(<b>, <a>) | <b>\n<b> ::= 1 | 2"
    assert "\n".join(str(rule) for rule in read_grammar(text).rules) == text
