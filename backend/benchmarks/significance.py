"""Tests of two contenders' trials, as scipy has them: anybody can compute them again from two columns of the CSV.

A failed training ranks below every score. None stands for what cannot be said.
"""

from collections.abc import Sequence
from itertools import count

import numpy as np
from scipy.stats import mannwhitneyu, wilcoxon

from backend.benchmarks.scores import Scores, ranked

# What is called significant, after correction.
LEVEL = 0.05


def mann_whitney(first: Scores, second: Scores) -> float | None:
    """Return the two-sided p of the Mann-Whitney U test: scipy's `mannwhitneyu` with its defaults.

    None where a side has fewer than two trials or all values are equal: then there is nothing to rank.
    """
    ours, theirs = ranked(first, second)
    if min(len(ours), len(theirs)) < 2 or len(np.unique([*ours, *theirs])) == 1:
        return None
    return float(mannwhitneyu(ours, theirs).pvalue)


def signed_rank(first: Scores, second: Scores) -> float | None:
    """Return the two-sided p of the Wilcoxon signed-rank test on the pairs of one seed: scipy's `wilcoxon`.

    None with fewer than two pairs, or where no pair differs. Raises ValueError where the trials are no pairs.
    """
    if len(first) != len(second):
        raise ValueError(f"Pairs need as many trials on both sides; here are {len(first)} and {len(second)}.")
    ours, theirs = ranked(first, second)
    if len(ours) < 2 or bool(np.all(ours == theirs)):
        return None
    return float(wilcoxon(ours, theirs).pvalue)


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Return the p values corrected for their number (Holm 1979).

    A test that could not be made still counts as one that was declared: the others pay for it, it stays None.
    """
    declared = len(p_values)
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * declared
    largest = 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (declared - rank)))
        corrected[place] = largest
    return corrected


def smallest_p(trials: int, comparisons: int) -> float:
    """Return the smallest p after Holm that so many trials a side can reach in one of so many comparisons.

    That is where every trial of one side is better than every one of the other, and the correction is in full.
    """
    if trials < 2:
        return 1.0
    apart = float(mannwhitneyu(range(trials), range(trials, 2 * trials)).pvalue)
    return min(1.0, apart * comparisons)


def fewest_trials(comparisons: int) -> int:
    """Return the smallest number of trials a side with which one of so many comparisons can be significant at all."""
    return next(trials for trials in count(2) if smallest_p(trials, comparisons) < LEVEL)
