"""A complete generation in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.expressions.text_extent import text_extent
from backend.store.tables import Individual


@dataclass(frozen=True)
class Spread:
    """The middle half and the largest of a count over a generation's individuals."""

    lower_quartile: float
    median: float
    upper_quartile: float
    largest: int


@dataclass(frozen=True)
class Extents:
    """How large a generation's phenotypes are, as they were bred, dead parts included."""

    nodes: Spread
    depth: Spread


@dataclass(frozen=True)
class GenerationSummary:
    """The spread of a generation's fitness over its valid individuals, and how its individuals stood.

    `invalid_share` is the share without a fitness; `failed` counts these by reason; `new`, `seen_before` and
    `cannot_train` count how the individuals stood when they were bred.
    """

    population: int
    best: float | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    mean: float | None
    invalid_share: float
    new: int
    seen_before: int
    cannot_train: int
    failed: dict[str, int]
    distinct_behaviours: int
    extents: Extents


def summarise(population: Sequence[Individual]) -> GenerationSummary:
    """Return the summary of a population that is evaluated."""
    valid = [individual.fitness for individual in population if individual.fitness is not None]
    novelty = Counter(individual.novelty for individual in population)
    failed = Counter(individual.reason for individual in population if individual.reason is not None)
    lower, median, upper = _quartiles(valid)
    return GenerationSummary(
        population=len(population),
        best=max(valid, default=None),
        median=median,
        lower_quartile=lower,
        upper_quartile=upper,
        mean=float(np.mean(valid)) if valid else None,
        invalid_share=1 - len(valid) / len(population),
        new=novelty["new"],
        seen_before=novelty["seen_before"],
        cannot_train=novelty["cannot_train"],
        failed={reason: failed[reason] for reason in sorted(failed)},
        distinct_behaviours=len({i.behaviour_id for i in population if i.behaviour_id is not None}),
        extents=_extents(population),
    )


def _extents(population: Sequence[Individual]) -> Extents:
    # Read off the texts: parsing a generation again takes as long as breeding it.
    found = [text_extent(individual.phenotype) for individual in population]
    return Extents(_spread([extent.nodes for extent in found]), _spread([extent.depth for extent in found]))


def _spread(counts: Sequence[int]) -> Spread:
    lower, median, upper = np.quantile(counts, (0.25, 0.5, 0.75))
    return Spread(float(lower), float(median), float(upper), max(counts))


def _quartiles(valid: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    if not valid:
        return None, None, None
    lower, median, upper = np.quantile(valid, (0.25, 0.5, 0.75))
    return float(lower), float(median), float(upper)
