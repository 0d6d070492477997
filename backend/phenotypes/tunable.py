"""A constant that can be tuned: its usual value, where better ones are looked for, and on which scale."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

# What is tried is written with so many digits: what a table shows is what was trained.
_DIGITS = 6


class Scale(StrEnum):
    """How the values of a range are spread: evenly, evenly in their logarithm, or in that of their distance to 1."""

    LINEAR = "linear"
    LOG = "log"
    ONE_MINUS = "one_minus"


@dataclass(frozen=True)
class Tunable:
    """A constant: its usual value, and between what a tuning looks for a better one.

    A range on the scale log lies on one side of 0, one on the scale one_minus below 1.
    """

    default: float
    low: float
    high: float
    scale: Scale = Scale.LINEAR

    def value_at(self, place: float) -> float:
        """Return the value at a place of the range, from 0 (`low`) to 1 (`high`), to six digits."""
        low, high = self._on_scale(self.low), self._on_scale(self.high)
        value = self._from_scale(low + (high - low) * place)
        return min(max(float(f"{value:.{_DIGITS}g}"), self.low), self.high)

    def place_of(self, value: float) -> float:
        """Return where a value lies in the range, 0 to 1; at an end where it lies beyond it."""
        low, high = self._on_scale(self.low), self._on_scale(self.high)
        within = min(max(value, self.low), self.high)
        return min(max((self._on_scale(within) - low) / (high - low), 0.0), 1.0)

    def starting_at(self, value: float) -> "Tunable":
        """Return the same with another usual value; the range is widened to hold it."""
        return replace(self, default=value, low=min(self.low, value), high=max(self.high, value))

    @property
    def as_published(self) -> "Tunable":
        """The range that [ALR] section 5 tunes everything in: from 0 to 1, evenly.

        A constant whose usual value lies outside, such as a number of epochs, keeps its own.
        """
        return Tunable(self.default, 0.0, 1.0) if 0 <= self.default <= 1 else self

    def _on_scale(self, value: float) -> float:
        match self.scale:
            case Scale.LOG:
                # Mirrored for negative ranges, so that it rises with the value.
                return math.log(value) if self.low > 0 else -math.log(-value)
            case Scale.ONE_MINUS:
                return -math.log(1 - value)
        return value

    def _from_scale(self, value: float) -> float:
        match self.scale:
            case Scale.LOG:
                return math.exp(value) if self.low > 0 else -math.exp(-value)
            case Scale.ONE_MINUS:
                return 1 - math.exp(-value)
        return value
