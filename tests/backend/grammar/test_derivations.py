from backend.grammar.derivations import rule_heights, shortest_productions, shortest_sizes, shortest_texts
from backend.grammar.reader import read_grammar
from backend.grammar.rules import NonTerminal, Production, Rule

RULES = read_grammar(
    """
    <expr> ::= <func>(<expr>, <expr>) | <leaf>
    <func> ::= add | <sign> multiply
    <sign> ::= minus
    <leaf> ::= <const> | x | f(<expr>)
    <const> ::= 1 | 2
    """
).rules


def test_a_height_is_the_number_of_levels_below() -> None:
    assert rule_heights(RULES) == {"func": 0, "sign": 0, "const": 0, "leaf": 0, "expr": 1}


def test_heights_come_in_ascending_order() -> None:
    heights = list(rule_heights(RULES).values())
    assert heights == sorted(heights)


def test_a_rule_that_never_ends_has_no_height() -> None:
    endless = (Rule("a", (Production((NonTerminal("a"),)),)),)
    assert rule_heights(endless) == {}


def test_shortest_productions_are_those_of_least_height() -> None:
    shortest = shortest_productions(RULES, rule_heights(RULES))
    assert shortest == {"expr": (1,), "func": (0,), "sign": (0,), "leaf": (1,), "const": (0, 1)}


def test_a_size_counts_the_codons_of_the_largest_shortest_derivation() -> None:
    assert shortest_sizes(RULES, rule_heights(RULES)) == {"expr": 2, "func": 1, "sign": 1, "leaf": 1, "const": 1}


def test_a_shortest_text_is_that_of_the_first_shortest_production() -> None:
    texts = shortest_texts(RULES, rule_heights(RULES))
    assert texts == {"expr": "x", "func": "add", "sign": "minus", "leaf": "x", "const": "1"}
