import pytest

from backend.grammar.catalogue import load_grammar
from backend.grammar.reader import read_grammar
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import read_original_grammar, read_phenotype
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.originals.made import original_grammar


@pytest.mark.parametrize(
    "name", ["dlr-2020-code", "alr-2022-code", "alr-2022-gradient", "alr-facilitated", "alr-depth"]
)
def test_productions_map_one_to_one_so_that_codons_keep_their_meaning(name: str) -> None:
    ours = load_grammar(name)
    found = read_original_grammar(original_grammar(name), "theirs.txt")
    assert found.evolves == ours.notes.evolves
    assert [len(rule.productions) for rule in found.grammar.rules] == [len(rule.productions) for rule in ours.rules]
    # Only the names of non-terminals differ, so that all that can be derived is the same.
    assert found.grammar.covering_phenotypes() == ours.covering_phenotypes()


def test_every_phenotype_is_one_of_ours() -> None:
    found = read_original_grammar(original_grammar("alr-2022-code"), "theirs.txt")
    for phenotype in found.grammar.covering_phenotypes():
        assert isinstance(read_phenotype(phenotype, found.evolves), UpdateRule)


def test_duplicate_productions_stay_two() -> None:
    found = read_original_grammar("<e> ::= 0.1 | 0.1 | epoch\n", "g.txt")
    assert found.productions == {"e": ("0.1", "0.1", "epoch")}


def test_a_rule_that_nothing_uses_is_left_out_and_listed_by_line() -> None:
    found = read_original_grammar(original_grammar("dlr-2020-code", unused_rule=True), "g.txt")
    assert found.unreachable == {"var"}
    assert found.names[-1] == "var"
    assert [str(left) for left in found.not_taken_over] == [
        "g.txt, line 7: <var>: no derivation uses this rule, so it is left out."
    ]


def test_rates_are_written_into_the_text() -> None:
    found = read_original_grammar("<e> ::= <c>\n<c> ::= 0.1 | 0.2\n", "g.txt")
    notes = read_grammar(found.bnf({"e": 0.0, "c": 0.15})).notes
    assert notes.mutation_rates == {"e": 0.0, "c": 0.15}
    assert notes.evolves == "schedule"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rule"),
        ("# a comment\n", "no rule"),
        ("<e> ::= 0.1\nand then words\n", "line 2: a line must be one rule"),
        ("e ::= 0.1\n", "line 1: a line must be one rule"),
        ("<e> ::= <f> ::= 0.1\n", "line 1"),
        ("<e> ::= 0.1 |  | 0.2\n", "line 1: an alternative of <e> is empty"),
        ("<e> ::= None | 0.2\n", "line 1: an alternative of <e> is empty"),
        ("<e> ::= 0.1\n<e> ::= 0.2\n", "line 2: <e> is defined a second time"),
        ("<e> ::= <f>\n", "line 1: <f> is not defined"),
        ("<e> ::= <e>\n", "g.txt: "),
        ("<e> ::= 0.1 | tf.math.lgamma(0.1)\n", "line 1: in <e>: tf.math.lgamma has no counterpart"),
        ("<e> ::= 0.1 | exit(1)\n", "which is no schedule here"),
        ("<e> ::= epoch < 3\n", "which is no schedule here"),
    ],
)
def test_what_is_no_grammar_of_the_original_is_refused_with_line_and_reason(text: str, said: str) -> None:
    with pytest.raises(UnreadableOriginal, match=said):
        read_original_grammar(text, "g.txt")
