"""Who survives unchanged: protected seeds, and the best besides them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from backend.search.individual import Individual, Operator
from backend.search.parameters import SearchParameters
from backend.search.representation import Genotype


def survivors(
    parameters: SearchParameters,
    parents: Sequence[Individual[Genotype]],
    ranked: Sequence[int],
    behaviours: Sequence[str | None] | None,
) -> tuple[Individual[Genotype], ...]:
    """Return who takes the first places of the next population.

    First the `protected` first ones, each at the place that it had: so they are known by their places alone, in every
    generation. Then the best `elitism` of the others, from `ranked` (indices from the best to the worst). With
    `elitism_of` "behaviours" none of these behaves like a better one or like a protected one; where there are too few
    behaviours they are fewer than `elitism`. An individual without a key in `behaviours` has its phenotype for it.
    """
    protected = tuple(range(parameters.protected))
    others: Iterator[int] = (index for index in ranked if index >= parameters.protected)
    if parameters.elitism_of == "behaviours":
        others = _distinct(others, protected, _keys(parents, behaviours))
    return tuple(_survivor(parents, index) for index in (*protected, *islice(others, parameters.elitism)))


def _keys(
    parents: Sequence[Individual[Genotype]], behaviours: Sequence[str | None] | None
) -> tuple[tuple[bool, str], ...]:
    """Return what two of one behaviour have in common; a phenotype is never taken for a key."""
    given = [None] * len(parents) if behaviours is None else behaviours
    return tuple(
        (False, parent.phenotype) if key is None else (True, key) for parent, key in zip(parents, given, strict=True)
    )


def _distinct(others: Iterator[int], protected: Sequence[int], keys: Sequence[tuple[bool, str]]) -> Iterator[int]:
    """Yield the first index of each behaviour that no protected one has."""
    seen = {keys[index] for index in protected}
    for index in others:
        if keys[index] not in seen:
            seen.add(keys[index])
            yield index


def _survivor(parents: Sequence[Individual[Genotype]], index: int) -> Individual[Genotype]:
    return Individual(parents[index].genotype, parents[index].phenotype, Operator.ELITE, (index,))
