import pytest

from backend.grammar.checks import LARGEST_SHORTEST_DERIVATION
from backend.grammar.reader import GrammarError, read_grammar


def test_the_first_fault_in_the_text_is_the_one_that_is_named() -> None:
    with pytest.raises(GrammarError, match="<one> is undefined"):
        read_grammar("<a> ::= <one> <two>")


def test_a_rule_that_only_unreachable_rules_use_is_unreachable() -> None:
    with pytest.raises(GrammarError, match="<b> is unreachable"):
        read_grammar("<a> ::= x\n<b> ::= <c>\n<c> ::= y")


def test_one_way_to_the_end_is_enough_to_terminate() -> None:
    assert read_grammar("<a> ::= <a> <b> | <b>\n<b> ::= <a> | x").nonterminals == ("a", "b")


@pytest.mark.parametrize(
    ("names", "fits"), [(LARGEST_SHORTEST_DERIVATION - 1, True), (LARGEST_SHORTEST_DERIVATION, False)]
)
def test_a_shortest_derivation_may_have_so_many_productions_and_no_more(names: int, fits: bool) -> None:
    text = f"<a> ::= {'<b>' * names}\n<b> ::= x"
    if fits:
        assert read_grammar(text).start == "a"
    else:
        with pytest.raises(GrammarError, match="<a> is too large"):
            read_grammar(text)
