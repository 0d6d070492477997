"""What the search relies on, held against every representation there is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from numpy.random import Generator, default_rng

from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.search.representation import GenotypeError, Representation


def lineage(representation: Representation[Any], rng: Generator, length: int = 40) -> Iterator[Any]:
    """Yield genotypes of all origins: created, mutated again and again, recombined."""
    latest = representation.create(rng)
    yield latest
    for _ in range(length):
        other = representation.create(rng)
        yield other
        recombined = representation.recombine(latest, other, rng)
        yield recombined
        yield from representation.recombine_both(other, recombined, rng)
        latest = representation.mutate(recombined, rng)
        yield latest


def test_the_same_generator_state_gives_the_same_genotypes(representation: Representation[Any]) -> None:
    assert list(lineage(representation, default_rng(3))) == list(lineage(representation, default_rng(3)))


def test_different_generators_give_different_genotypes(representation: Representation[Any]) -> None:
    texts = {representation.express(representation.create(default_rng(seed))) for seed in range(100)}
    assert len(texts) > 10


def test_a_genotype_expresses_the_same_text_every_time(representation: Representation[Any]) -> None:
    for genotype in lineage(representation, default_rng(4)):
        assert representation.express(genotype) == representation.express(genotype)


def test_every_genotype_expresses_to_parseable_text(representation: Representation[Any]) -> None:
    for genotype in lineage(representation, default_rng(5)):
        meant = parse(representation.express(genotype), SCHEDULE)
        assert parse(to_text(meant), SCHEDULE) == meant


def test_nothing_that_is_done_with_genotypes_changes_them(representation: Representation[Any]) -> None:
    rng = default_rng(6)
    first, second = representation.create(rng), representation.create(rng)
    before = json.dumps([representation.to_json(first), representation.to_json(second)])
    for _ in range(50):
        representation.mutate(first, rng)
        representation.recombine(first, second, rng)
        representation.recombine_both(first, second, rng)
        representation.express(second)
    assert json.dumps([representation.to_json(first), representation.to_json(second)]) == before


def test_mutation_varies_a_genotype(representation: Representation[Any]) -> None:
    rng = default_rng(7)
    genotype = representation.create(rng)
    assert any(representation.mutate(genotype, rng) != genotype for _ in range(100))


def test_two_children_of_equal_parents_without_mutation_are_them_again(representation: Representation[Any]) -> None:
    parent = representation.create(default_rng(9))
    same = {representation.express(parent)}
    children = [representation.recombine_both(parent, parent, default_rng(seed)) for seed in range(20)]
    assert any({representation.express(child) for child in pair} == same for pair in children)


def test_a_genotype_survives_being_stored_as_json(representation: Representation[Any]) -> None:
    for genotype in lineage(representation, default_rng(8)):
        stored = json.dumps(representation.to_json(genotype), allow_nan=False, sort_keys=True)
        restored = representation.from_json(json.loads(stored))
        assert restored == genotype
        assert representation.express(restored) == representation.express(genotype)
        assert representation.to_json(restored) == representation.to_json(genotype)


@pytest.mark.parametrize("data", [None, True, 3, 0.5, "", "expr", [], {}, [[1]], {"expr": []}, {"": None}])
def test_data_that_are_no_genotype_are_refused(representation: Representation[Any], data: object) -> None:
    with pytest.raises(GenotypeError):
        representation.from_json(data)
