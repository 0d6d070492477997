"""How large a difference is, whatever its p, and how many trials would show one of that size."""

import math

import numpy as np
from scipy.stats import norm

from backend.benchmarks.scores import Scores, ranked
from backend.benchmarks.significance import LEVEL

# The chance of showing a difference that is there which the number of trials is computed for.
POWER = 0.8

# Distance of A12 from one half, and what a difference below it is called (Vargha & Delaney 2000, section 5).
_WORDS = ((0.06, "negligible"), (0.14, "small"), (0.21, "medium"))


def a12(first: Scores, second: Scores) -> float | None:
    """Return the share of all pairs in which `first` is better, ties counting half (Vargha & Delaney 2000).

    A failed training is worse than every score. None where a side has no trial.
    """
    ours, theirs = ranked(first, second)
    if len(ours) == 0 or len(theirs) == 0:
        return None
    return float(np.mean(np.sign(ours[:, None] - theirs[None, :]) / 2 + 0.5))


def size_in_words(value: float) -> str:
    """Return what an A12 is called: negligible, small, medium or large."""
    distance = abs(value - 0.5)
    # Shares of pairs are fractions: .56 is to be small whichever way it was computed.
    return next((word for below, word in _WORDS if distance < below - 1e-12), "large")


def trials_needed(value: float, comparisons: int = 1) -> int | None:
    """Return how many trials a side would show a difference of this A12 with a chance of 80 %; None for one of 0.5.

    The normal approximation for Mann-Whitney U with equal sides (Noether 1987, equation 2), two-sided at .05 shared out
    to all comparisons.
    """
    distance = abs(value - 0.5)
    if distance < 1e-12:
        return None
    quantiles = float(norm.ppf(1 - LEVEL / (2 * comparisons)) + norm.ppf(POWER))
    return math.ceil(quantiles**2 / (6 * distance**2))
