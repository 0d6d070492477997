from collections.abc import Iterator

import pytest
from numpy.random import default_rng

from backend.grammar.reader import read_grammar
from backend.search.sge import SGE

RULES = read_grammar("<e> ::= add(<e>, <e>) | cos(<e>) | <t>\n<t> ::= x | y | 1 | 2 | 3")
CHAIN = "add(cos(x), add(y, 1))"


def mutants(text: str, rates: dict[str, float], count: int) -> Iterator[str]:
    sge = SGE(RULES, mutation_rate=rates, mutation_of="subtrees")
    genotype = sge.from_json({"e": [0, 1, 2, 0, 2, 2], "t": [0, 1, 2]})
    assert sge.express(genotype) == text
    return (sge.express(sge.mutate(genotype, default_rng(seed))) for seed in range(count))


def test_a_changed_terminal_leaves_the_others_alone() -> None:
    for mutant in mutants(CHAIN, {"e": 0, "t": 0.3}, 300):
        assert mutant.startswith("add(cos(")
        x, rest = mutant.removeprefix("add(cos(").split("), add(")
        y, one = rest.removesuffix("))").split(", ")
        assert {x, y, one} <= {"x", "y", "1", "2", "3"}


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("another production keeps what fits", "cos(cos(x))"),
        ("another production is given what it lacks", "add(add(x, 3), add(y, 1))"),
        ("a new derivation grows around the old one", "add(cos(x), add(cos(y), 1))"),
        ("a new derivation grows around the whole", "cos(add(cos(x), add(y, 1)))"),
        ("a part takes the place of the whole", "add(y, 1)"),
        ("a part takes the place of what it stood in", "add(x, add(y, 1))"),
    ],
)
def test_a_place_changes_in_one_of_three_ways(way: str, found: str) -> None:
    assert found in set(mutants(CHAIN, {"e": 0.15, "t": 0}, 5000)), way


def test_one_change_keeps_all_that_stands_beside_it() -> None:
    """Of the six places of <e> hardly ever more than one changes here; what is not around it is there as it was."""
    found = list(mutants(CHAIN, {"e": 0.01, "t": 0}, 2000))
    kept = [text for text in found if "cos(x)" in text or "add(y, 1)" in text or text in ("x", "y", "1")]
    assert 1800 < found.count(CHAIN) < 1960
    assert len(kept) > 1990


def test_without_a_rate_nothing_changes() -> None:
    assert set(mutants(CHAIN, {"e": 0, "t": 0}, 50)) == {CHAIN}


def test_a_mutant_keeps_to_the_depth_limit() -> None:
    sge = SGE(RULES, initial_depth=2, depth_limit=4, mutation_rate=0.5, mutation_of="subtrees")
    genotype = sge.create(default_rng(0))
    for seed in range(500):
        genotype = sge.mutate(genotype, default_rng(seed))
        assert genotype.depth <= sge.greatest_depth
