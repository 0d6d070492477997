import pytest
from numpy.random import default_rng

from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar
from backend.search.derivation import Children, codons_of, derivation, grown
from backend.search.sge import SGE

GRAMMAR = read_grammar("<a> ::= f(<a>, <b>) | <b>\n<b> ::= 1 | (<a>) | 3")


def children_of(grammar: Grammar) -> Children:
    numbers = {name: number for number, name in enumerate(grammar.nonterminals)}
    return [[[numbers[name] for name in each.nonterminals] for each in rule.productions] for rule in grammar.rules]


@pytest.mark.parametrize("seed", range(30))
def test_a_tree_gives_back_the_codons_that_it_was_derived_from(seed: int) -> None:
    sge = SGE(GRAMMAR)
    genotype = sge.create(default_rng(seed))
    root = derivation(genotype.codons, children_of(GRAMMAR))
    assert tuple(map(tuple, codons_of(root, 2))) == genotype.codons


def test_spare_codons_are_in_no_tree() -> None:
    assert codons_of(derivation([[1, 0], [2, 1]], children_of(GRAMMAR)), 2) == [[1], [2]]


def test_what_grows_asks_depth_first_for_every_production_with_its_depth() -> None:
    asked: list[tuple[int, int]] = []
    answers = iter([0, 1, 0, 2])

    def choose(number: int, depth: int) -> int:
        asked.append((number, depth))
        return next(answers)

    root = grown(0, children_of(GRAMMAR), choose)
    assert asked == [(0, 0), (0, 1), (1, 2), (1, 1)]
    assert codons_of(root, 2) == [[0, 1], [0, 2]]


def test_a_tree_may_be_deeper_than_python_recurses() -> None:
    codons = [[0] * 50_000 + [1], [0] * 50_001]
    assert codons_of(derivation(codons, children_of(GRAMMAR)), 2) == codons
