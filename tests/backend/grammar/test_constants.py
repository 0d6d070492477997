import pytest

from backend.grammar.catalogue import load_grammar
from backend.grammar.constants import with_constants
from backend.grammar.reader import read_grammar

_TEXT = """# title: Small
# evolves: update_rule
#
# A comment.

<e> ::= add(<c>, <d>) | 2 | "|"
<c> ::= 0.5 | 1
<d> ::= 1e-3 | 0.25
"""


def test_constants_become_productions_of_the_rules_that_are_numbers_alone() -> None:
    longer = read_grammar(with_constants(read_grammar(_TEXT), ["0.001", "0.5", "7"]))
    texts = {rule.name: [str(p) for p in rule.productions] for rule in longer.rules}
    assert texts == {
        "e": ["add(<c>, <d>)", "2", "|"],
        "c": ["0.5", "1", "0.001", "7"],
        "d": ["1e-3", "0.25", "0.5", "7"],
    }


def test_the_header_stays() -> None:
    longer = read_grammar(with_constants(read_grammar(_TEXT), []))
    assert (longer.notes.title, longer.notes.evolves) == ("Small", "update_rule")
    assert "# A comment." in longer.text


@pytest.mark.parametrize("name", ["joint", "alr-facilitated", "dlr-2020"])
def test_a_published_grammar_without_more_constants_is_the_same(name: str) -> None:
    grammar = load_grammar(name)
    same = read_grammar(with_constants(grammar, []), name)
    assert same == grammar
    assert same.notes == grammar.notes


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="g"):
        with_constants(read_grammar(_TEXT), ["g"])
