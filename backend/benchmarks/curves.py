"""Learning curves of many trials as one line with a band, and how long a contender takes to a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev

Curve = Sequence[float | None]


@dataclass(frozen=True)
class Band:
    """Mean, and mean minus and plus a standard deviation, by epoch; None where no trial has a number.

    `n` is how many trials have one: trials that stopped early or failed are missing from there on.
    """

    mean: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    n: tuple[int, ...]


def band(curves: Sequence[Curve]) -> Band:
    """Return the band of some trials' curves, one number an epoch each."""
    epochs = max((len(curve) for curve in curves), default=0)
    columns = [
        [value for curve in curves if epoch < len(curve) and (value := curve[epoch]) is not None]
        for epoch in range(epochs)
    ]
    means = [fmean(column) if column else None for column in columns]
    spreads = [stdev(column) if len(column) > 1 else 0.0 for column in columns]
    return Band(
        mean=tuple(means),
        low=tuple(None if mean is None else mean - by for mean, by in zip(means, spreads, strict=True)),
        high=tuple(None if mean is None else mean + by for mean, by in zip(means, spreads, strict=True)),
        n=tuple(len(column) for column in columns),
    )


def epochs_to(curve: Curve, target: float) -> int | None:
    """Return after how many epochs the curve has reached the target for the first time; None if it never does."""
    return next((epoch + 1 for epoch, value in enumerate(curve) if value is not None and value >= target), None)


@dataclass(frozen=True)
class TimeToTarget:
    """In how many of the trials the target was reached, and the median number of epochs of those that reached it."""

    reached: int
    trials: int
    epochs: float | None


def time_to_target(curves: Sequence[Curve], target: float) -> TimeToTarget:
    """Return how long a contender's trials take to a target (as AlgoPerf asks), in epochs."""
    times = [epochs for curve in curves if (epochs := epochs_to(curve, target)) is not None]
    return TimeToTarget(len(times), len(curves), float(median(times)) if times else None)


def level_of(curves: Sequence[Curve]) -> float | None:
    """Return the highest value that half of the trials reach: the median of their best; None where there are none."""
    best = [max(known) for curve in curves if (known := [value for value in curve if value is not None])]
    return float(median(best)) if best else None
