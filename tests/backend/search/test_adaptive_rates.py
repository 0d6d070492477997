import math
from typing import Any

import pytest
from numpy.random import default_rng

from backend.grammar.reader import read_grammar
from backend.search.adaptive_rates import parted, read_rates, stepped
from backend.search.representation import GenotypeError
from backend.search.sge import SGE

NAMES = ("a", "b")
SMALL = read_grammar("<a> ::= f(<a>, <b>) | <b>\n<b> ::= 1 | 2 | 3")


def test_three_rates_in_ten_take_a_normal_step_of_a_hundredth() -> None:
    rates = (0.5,) * 10_000
    steps = [after - before for before, after in zip(rates, stepped(rates, default_rng(1)), strict=True)]
    taken = [step for step in steps if step]
    assert 2800 < len(taken) < 3200
    assert math.isclose(math.sqrt(sum(step**2 for step in taken) / len(taken)), 0.01, rel_tol=0.04)
    assert abs(sum(taken) / len(taken)) < 0.001


def test_rates_stay_probabilities() -> None:
    rng = default_rng(2)
    rates: tuple[float, ...] = (0.0, 0.001, 0.999, 1.0)
    seen: list[float] = []
    for _ in range(300):
        rates = stepped(rates, rng)
        seen += rates
    assert min(seen) == 0.0
    assert max(seen) == 1.0
    assert len(set(seen)) > 100


def test_codons_and_rates_are_told_from_codons_alone() -> None:
    assert parted({"codons": {"a": [0]}, "rates": {"a": 0.5}}) == ({"a": [0]}, {"a": 0.5})
    for plain in ({"a": [0]}, {"codons": [0], "rates": [1]}, {"codons": {"a": [0]}}, None, 3):
        assert parted(plain) == (plain, None)


def test_rates_are_read_in_the_order_of_the_names() -> None:
    assert read_rates(NAMES, {"b": 1, "a": 0.25}) == (0.25, 1.0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": 0.5}, "has one for each of a, b"),
        ([0.5, 0.5], "has one for each of a, b"),
        ({"a": 0.5, "b": 1.5}, "mutation rate of b must be a number from 0 to 1, not 1.5"),
        ({"a": float("nan"), "b": 0.5}, "not nan"),
        ({"a": True, "b": 0.5}, "not True"),
        ({"a": "0.5", "b": 0.5}, "not '0.5'"),
    ],
)
def test_what_are_no_rates_is_refused(data: Any, words: str) -> None:
    with pytest.raises(GenotypeError, match=words):
        read_rates(NAMES, data)


def test_rates_that_adapt_begin_as_given_and_step_with_each_mutation() -> None:
    sge = SGE(SMALL, mutation_rate={"a": 0.2, "b": 0.6}, adaptive_rates=True)
    rng = default_rng(8)
    genotype = sge.create(rng)
    assert genotype.rates == (0.2, 0.6)
    for _ in range(200):
        genotype = sge.mutate(genotype, rng)
    for rate, first in zip(genotype.rates, (0.2, 0.6), strict=True):
        assert 0 < abs(rate - first) < 0.4


def test_a_genotype_mutates_at_its_own_rates() -> None:
    sge = SGE(SMALL, mutation_rate=0.5, adaptive_rates=True)
    genotype = sge.from_json({"codons": {"a": [0, 1], "b": [0, 1]}, "rates": {"a": 0.0, "b": 1.0}})
    mutants = [sge.mutate(genotype, default_rng(seed)) for seed in range(200)]
    # A step from an end is a hundredth or so.
    assert sum(mutant.codons[0] != genotype.codons[0] for mutant in mutants) < 10
    assert sum(mutant.codons[1][0] == genotype.codons[1][0] for mutant in mutants) < 10


def test_a_list_of_codons_and_its_rate_are_inherited_together() -> None:
    sge = SGE(SMALL, adaptive_rates=True)
    first = sge.from_json({"codons": {"a": [0, 0, 1], "b": [0, 0, 0]}, "rates": {"a": 0.1, "b": 0.2}})
    second = sge.from_json({"codons": {"a": [1, 1, 1], "b": [2, 1, 1]}, "rates": {"a": 0.3, "b": 0.4}})
    children = [child for seed in range(20) for child in sge.recombine_both(first, second, default_rng(seed))]
    assert len({child.rates for child in children}) == 4
    for child in children:
        assert child.rates == (
            0.1 if child.codons[0] == first.codons[0] else 0.3,
            0.2 if child.codons[1] == first.codons[1] else 0.4,
        )


def test_rates_that_adapt_stand_beside_the_codons_in_json() -> None:
    sge = SGE(SMALL, adaptive_rates=True)
    data = {"codons": {"a": [0, 1], "b": [2, 0]}, "rates": {"a": 0.125, "b": 1.0}}
    assert sge.to_json(sge.from_json(data)) == data


def test_a_genotype_of_codons_alone_gets_the_first_rates() -> None:
    sge = SGE(SMALL, mutation_rate={"a": 0.2, "b": 0.6}, adaptive_rates=True)
    assert sge.from_json({"a": [1], "b": [0]}).rates == (0.2, 0.6)


def test_where_rates_do_not_adapt_a_genotype_with_rates_is_refused() -> None:
    with pytest.raises(GenotypeError, match="one list for each of a, b"):
        SGE(SMALL).from_json({"codons": {"a": [1], "b": [0]}, "rates": {"a": 0.1, "b": 0.1}})
