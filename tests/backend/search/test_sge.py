import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.grammar.catalogue import load_grammar
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar
from backend.grammar.rules import NonTerminal
from backend.search.representation import GenotypeError
from backend.search.sge import LARGEST_DERIVATION, SGE, SGEGenotype

DLR = load_grammar("dlr-2020")
SMALL = read_grammar("<a> ::= f(<a>, <b>) | <b>\n<b> ::= 1 | 2 | 3")
# Neither recursive rule refers to itself, and the ways to the end have different lengths.
MUTUAL = read_grammar(
    """
    <a> ::= <b>
    <b> ::= (<c><a>) | <c>
    <c> ::= [<a>] | <d> | w
    <d> ::= x | y | <e>
    <e> ::= z
    """
)
GRAMMARS = {"dlr": DLR, "small": SMALL, "mutual": MUTUAL, "flat": read_grammar("<a> ::= x | y")}


class Derivation:
    """The mapping as the literature words it, without any of the shortcuts of the code under test."""

    def __init__(self, grammar: Grammar, genotype: SGEGenotype) -> None:
        self.rules = {rule.name: rule for rule in grammar.rules}
        self.codons = dict(zip(grammar.nonterminals, genotype.codons, strict=True))
        self.used = dict.fromkeys(self.codons, 0)
        self.expansions: list[tuple[str, int, int]] = []  # non-terminal, codon, depth
        self.text = self._derive(grammar.start, 0)

    def _derive(self, name: str, depth: int) -> str:
        codon = self.codons[name][self.used[name]]
        self.used[name] += 1
        self.expansions.append((name, codon, depth))
        symbols = self.rules[name].productions[codon].symbols
        return "".join(self._derive(s.name, depth + 1) if isinstance(s, NonTerminal) else s.text for s in symbols)

    @property
    def depth(self) -> int:
        return max(depth for _, _, depth in self.expansions)


def descendants(sge: SGE, seed: int, length: int = 12) -> list[SGEGenotype]:
    """Return genotypes of all origins, each from the ones before."""
    rng = default_rng(seed)
    found = [sge.create(rng), sge.create(rng)]
    for _ in range(length):
        found.append(sge.recombine(found[-1], found[-2], rng))
        found.append(sge.mutate(found[-1], rng))
    return found


@pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)
@given(seed=st.integers(0, 2**32), initial=st.integers(0, 6), more=st.integers(0, 4), rate=st.sampled_from([0.15, 1.0]))
def test_every_genotype_is_complete_and_derives_its_text_within_the_depth_limit(
    grammar: Grammar, seed: int, initial: int, more: int, rate: float
) -> None:
    sge = SGE(grammar, initial_depth=initial, depth_limit=initial + more, mutation_rate=rate)
    for genotype in descendants(sge, seed):
        derivation = Derivation(grammar, genotype)
        assert sge.express(genotype) == derivation.text
        assert genotype.depth == derivation.depth <= sge.greatest_depth
        assert genotype.used == tuple(derivation.used.values())
        for name, codon, depth in derivation.expansions:
            assert depth <= sge.depth_limit or codon in grammar.shortest[name]


@given(seed=st.integers(0, 2**32))
def test_every_dlr_genotype_expresses_to_a_parseable_schedule(seed: int) -> None:
    sge = SGE(DLR)
    for genotype in descendants(sge, seed):
        parse(sge.express(genotype), SCHEDULE)
        assert genotype.depth <= sge.greatest_depth == 17 + 2


@given(seed=st.integers(0, 2**32))
def test_a_new_genotype_takes_shortest_ways_beyond_the_initial_depth_and_has_no_spare_codons(seed: int) -> None:
    genotype = SGE(MUTUAL, initial_depth=3).create(default_rng(seed))
    derivation = Derivation(MUTUAL, genotype)
    assert tuple(map(len, genotype.codons)) == genotype.used
    assert all(codon in MUTUAL.shortest[name] for name, codon, depth in derivation.expansions if depth > 3)


def test_creation_is_uniform_over_productions() -> None:
    rng = default_rng(0)
    sge = SGE(read_grammar("<a> ::= 0 | 1 | 2 | 3"))
    counts = Counter(sge.express(sge.create(rng)) for _ in range(4000))
    assert all(abs(counts[text] - 1000) < 5 * math.sqrt(1000) for text in "0123")


def test_depths_of_new_dlr_genotypes_reach_past_the_initial_depth_by_two_levels_at_most() -> None:
    rng = default_rng(1)
    depths = {SGE(DLR).create(rng).depth for _ in range(500)}
    assert max(depths) == 6 + 1 + 1


def test_without_mutation_nothing_changes() -> None:
    sge = SGE(DLR, mutation_rate=0.0)
    for genotype in descendants(sge, 2):
        assert sge.mutate(genotype, default_rng(3)) == genotype


def test_certain_mutation_changes_every_used_codon_that_has_an_alternative_and_no_spare_one() -> None:
    sge = SGE(read_grammar("<a> ::= <b><c> | <c><b>\n<b> ::= 1 | 2\n<c> ::= 3"), mutation_rate=1.0)
    genotype = sge.from_json({"a": [0, 0], "b": [1, 0, 1], "c": [0, 0]})
    assert genotype.used == (1, 1, 1)
    assert sge.mutate(genotype, default_rng(0)).codons == ((1, 0), (0, 0, 1), (0, 0))


def test_a_mutated_codon_is_uniform_over_the_other_productions() -> None:
    sge = SGE(read_grammar("<a> ::= 0 | 1 | 2 | 3"), mutation_rate=0.75)
    genotype, rng = sge.from_json({"a": [1]}), default_rng(4)
    counts = Counter(sge.express(sge.mutate(genotype, rng)) for _ in range(4000))
    assert all(abs(counts[text] - 1000) < 5 * math.sqrt(1000) for text in "0123")


def test_a_constant_that_is_to_move_a_little_becomes_one_of_the_next_in_size() -> None:
    constants = " | ".join(map(str, range(100, 140)))
    sge = SGE(read_grammar(f"<a> ::= {constants}"), mutation_rate=1, constant_mutation="near")
    parent, rng = sge.from_json({"a": [20]}), default_rng(1)
    counts = Counter(sge.mutate(parent, rng).codons[0][0] for _ in range(6000))
    # The largest and the smallest are nearest to multiples of 120.
    assert set(counts) == {0, *range(14, 20), *range(21, 27), 39}
    assert all(340 < count < 520 for count in counts.values())


def test_near_constants_leave_the_rest_of_the_mutation_as_it_is() -> None:
    grammar = read_grammar("<a> ::= f(<a>, <b>) | <b> | g(<c>)\n<b> ::= 1 | 2 | 3\n<c> ::= 5")
    plain, near = (SGE(grammar, mutation_rate=0.5, constant_mutation=way) for way in ("any", "near"))
    genotype = plain.from_json({"a": [0, 2], "b": [0], "c": [0]})
    mutants = [
        (plain.mutate(genotype, default_rng(seed)), near.mutate(genotype, default_rng(seed))) for seed in range(99)
    ]
    assert [a.codons[0] for a, _ in mutants] == [b.codons[0] for _, b in mutants]
    assert all(mutant.codons[2][0] == 0 for _, mutant in mutants)


def test_mutation_of_a_tree_at_the_depth_limit_draws_from_the_shortest_productions() -> None:
    sge = SGE(SMALL, initial_depth=0, depth_limit=2, mutation_rate=1.0)
    genotype = sge.from_json({"a": [0, 1], "b": [0, 0]})
    assert genotype.depth == sge.depth_limit
    mutants = [sge.mutate(genotype, default_rng(seed)) for seed in range(50)]
    assert {mutant.codons[0] for mutant in mutants} == {(1, 1)}
    # The same production may come again, which it never does in a shallower tree.
    assert {mutant.codons[1][0] for mutant in mutants} == {0, 1, 2}


def test_each_non_terminal_can_have_a_mutation_rate_of_its_own() -> None:
    sge = SGE(SMALL, mutation_rate={"b": 1.0, "a": 0.0})
    genotype = sge.from_json({"a": [0, 1], "b": [0, 1]})
    mutant = sge.mutate(genotype, default_rng(5))
    assert mutant.codons[0] == genotype.codons[0]
    assert all(new != old for new, old in zip(mutant.codons[1], genotype.codons[1], strict=True))


def test_a_child_has_whole_lists_of_one_parent_or_the_other() -> None:
    sge = SGE(SMALL)
    first = sge.from_json({"a": [0, 0, 1], "b": [0, 0, 0]})
    second = sge.from_json({"a": [1], "b": [2, 1, 1]})
    rng = default_rng(6)
    counts = Counter(sge.recombine(first, second, rng).codons for _ in range(2000))
    assert set(counts) == {
        (a, b) for a in (first.codons[0], second.codons[0]) for b in (first.codons[1], second.codons[1])
    }
    assert all(abs(count - 500) < 5 * math.sqrt(500) for count in counts.values())


def test_a_child_has_whole_parts_of_one_parent_or_the_other_where_asked() -> None:
    sge = SGE(read_grammar("<s> ::= <a> <b>\n<a> ::= <n><n>\n<n> ::= 1 | 2\n<b> ::= x | y"), recombination_of="parts")
    ones, twos = (sge.from_json({"s": [0], "a": [0], "n": [n, n], "b": [n]}) for n in (0, 1))
    found = Counter(sge.express(sge.recombine(ones, twos, default_rng(seed))) for seed in range(400))
    assert set(found) == {"11 x", "11 y", "22 x", "22 y"}
    assert min(found.values()) > 60


def test_of_two_children_the_second_has_what_the_first_has_not() -> None:
    sge = SGE(SMALL)
    first = sge.from_json({"a": [0, 0, 1], "b": [0, 0, 0]})
    second = sge.from_json({"a": [1, 1, 1], "b": [2, 1, 1]})
    rng = default_rng(6)
    pairs = [sge.recombine_both(first, second, rng) for _ in range(2000)]
    for child, other in pairs:
        for mine, theirs, both in zip(
            child.codons, other.codons, zip(first.codons, second.codons, strict=True), strict=True
        ):
            assert {mine, theirs} == set(both)
    assert len({child.codons for child, _ in pairs}) == 4


def test_the_first_of_two_children_is_the_one_that_recombination_into_one_gives() -> None:
    sge = SGE(DLR)
    first, second = sge.create(default_rng(1)), sge.create(default_rng(2))
    for seed in range(20):
        assert sge.recombine_both(first, second, default_rng(seed))[0] == sge.recombine(
            first, second, default_rng(seed)
        )


def test_a_child_whose_list_is_too_short_is_completed() -> None:
    sge = SGE(SMALL)
    first, second = sge.from_json({"a": [0, 0, 1], "b": [0, 0, 0]}), sge.from_json({"a": [1], "b": [2]})
    children = [sge.recombine(first, second, default_rng(seed)) for seed in range(20)]
    mixed = [child for child in children if child.codons[0] == (0, 0, 1) and child.codons[1][0] == 2]
    assert mixed
    assert all(len(child.codons[1]) == 3 for child in mixed)


def test_spare_codons_are_kept() -> None:
    sge = SGE(SMALL, mutation_rate=0.0)
    genotype = sge.from_json({"a": [1, 0, 0], "b": [2, 1, 0]})
    assert sge.mutate(genotype, default_rng(0)) == genotype


def test_an_inherited_codon_that_leads_too_deep_is_replaced() -> None:
    deep = SGE(SMALL, depth_limit=9).from_json({"a": [0] * 5 + [1], "b": [0] * 6})
    child = SGE(SMALL, initial_depth=1, depth_limit=3).recombine(deep, deep, default_rng(0))
    assert child.codons[0] == (0, 0, 0, 0, 1, 1)


def test_a_grammar_that_grows_without_bounds_stays_in_memory() -> None:
    explosive = read_grammar("<a> ::= <a><a><a><a><a><a><a><a> | <a><a><a><a><a><a><a> | x")
    sge = SGE(explosive, initial_depth=90, depth_limit=100)
    for genotype in descendants(sge, 7, length=2):
        assert sum(genotype.used) <= 8 * (LARGEST_DERIVATION + 2)
        assert set(sge.express(genotype)) == {"x"}
        assert sge.from_json(sge.to_json(genotype)) == genotype


def test_a_derivation_may_be_deeper_than_python_recurses() -> None:
    chain = "".join(f"<r{i}> ::= (<r{i + 1}>)\n" for i in range(900)) + "<r900> ::= x"
    sge = SGE(read_grammar(chain))
    genotype = sge.create(default_rng(0))
    assert genotype.depth == 900
    assert sge.express(genotype) == "(" * 900 + "x" + ")" * 900
    endless = SGE(read_grammar("<a> ::= (<a>) | x"), initial_depth=5000, depth_limit=5000)
    assert len(endless.express(endless.from_json({"a": [0] * 4000 + [1]}))) == 8001


def test_json_has_the_codons_by_non_terminal() -> None:
    sge = SGE(SMALL)
    data = {"a": [0, 1], "b": [2, 0]}
    assert sge.to_json(sge.from_json(data)) == data
    assert sge.express(sge.from_json(data)) == "f(3, 1)"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": [1]}, "one list for each of a, b"),
        ({"a": [1], "b": [0], "c": []}, "one list for each of a, b"),
        ({"a": "1", "b": [0]}, "codons of a must be a list"),
        ({"a": [2], "b": [0]}, "codon of a must be a whole number from 0 to 1, not 2"),
        ({"a": [-1], "b": [0]}, "not -1"),
        ({"a": [True], "b": [0]}, "not True"),
        ({"a": [1.0], "b": [0]}, "not 1.0"),
        ({"a": [1], "b": []}, "incomplete"),
        ({"a": [], "b": []}, "incomplete"),
        ({"a": [0] * 18 + [0, 1], "b": [0] * 20}, "deeper than the limit"),
    ],
)
def test_data_that_are_no_genotype_of_the_grammar_are_refused(data: object, words: str) -> None:
    with pytest.raises(GenotypeError, match=words):
        SGE(SMALL).from_json(data)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"initial_depth": -1}, "initial_depth must be a whole number of at least 0, not -1"),
        ({"depth_limit": 2.5}, "depth_limit must be a whole number of at least 0, not 2.5"),
        ({"initial_depth": 18}, "initial_depth is 18, above depth_limit, which is 17"),
        ({"mutation_rate": 1.5}, "mutation_rate must be a number from 0 to 1, not 1.5"),
        ({"mutation_rate": float("nan")}, "mutation_rate must be a number from 0 to 1, not nan"),
        ({"mutation_rate": {"a": 0.1}}, r"must name each non-terminal \(a, b\), but it names a"),
        ({"mutation_rate": {}}, "but it names none"),
        ({"mutation_of": "trees"}, "mutation_of must be one of codons, subtrees, not 'trees'"),
        ({"recombination_of": "halves"}, "recombination_of must be one of lists, parts, not 'halves'"),
        ({"constant_mutation": "far"}, "constant_mutation must be one of any, near, not .far."),
        ({"mutation_rate": {"a": 0.1, "b": -0.1}}, "mutation_rate of b must be a number from 0 to 1, not -0.1"),
    ],
)
def test_depths_and_rates_that_cannot_be_are_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SGE(SMALL, **arguments)
