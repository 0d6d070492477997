"""Scores of one contender's trials: accuracies, 0 to 1, in the order of the trials; None where a training failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Score: TypeAlias = float | None
Scores: TypeAlias = Sequence[Score]

# Samples drawn for an interval; its ends move by less than a trial's spread between two such drawings.
RESAMPLES = 10_000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Summary:
    """What the trials came to. The numbers are those of the trials that have a score; `failed` counts the others.

    `deviation` is that of a sample (n - 1), None with fewer than two; `low` and `high` hold the median with a
    confidence of 95 %, None with fewer than two.
    """

    n: int
    failed: int
    mean: float | None
    deviation: float | None
    median: float | None
    low: float | None
    high: float | None


def summarise(scores: Scores, seed: int) -> Summary:
    """Return the summary of a contender's trials. The interval is drawn with the seed."""
    valid = np.array([score for score in scores if score is not None], dtype=np.float64)
    failed = len(scores) - len(valid)
    if len(valid) == 0:
        return Summary(len(scores), failed, None, None, None, None, None)
    low, high = median_interval(valid, seed) if len(valid) > 1 else (None, None)
    return Summary(
        n=len(scores),
        failed=failed,
        mean=float(np.mean(valid)),
        deviation=float(np.std(valid, ddof=1)) if len(valid) > 1 else None,
        median=float(np.median(valid)),
        low=low,
        high=high,
    )


def median_interval(values: NDArray[np.float64], seed: int) -> tuple[float, float]:
    """Return the percentile bootstrap interval of the median (Efron & Tibshirani 1993, chapter 13)."""
    places = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    medians = np.median(values[places], axis=1)
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(medians, (outside, 1 - outside))
    return float(low), float(high)


def ranked(first: Scores, second: Scores) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both contenders' scores as numbers of which only the order counts: a failed training is below them all."""
    known = [score for score in (*first, *second) if score is not None]
    worst = min(known, default=0.0) - 1.0
    return tuple(np.array([worst if score is None else score for score in scores]) for scores in (first, second))  # type: ignore[return-value] # two in, two out
