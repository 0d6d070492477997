"""What values a number can have: all floats from a lowest to a highest, perhaps whole ones only.

Between two neighbouring floats there is none, so `x < c` is `x <= the float below c`, and a range needs no open
ends.
"""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Range:
    """The floats from `low` to `high`, both included; never NaN."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether no value is left."""
        return self.low > self.high

    def narrowed(self, comparison: str, bound: float) -> "Range":
        """Return the part in which `comparison` (the operator's name) with the bound holds."""
        match comparison:
            case "less":
                return self._at_most(math.nextafter(bound, -math.inf)) if bound > -math.inf else NOTHING
            case "less_equal":
                return self._at_most(bound)
            case "greater":
                return self._at_least(math.nextafter(bound, math.inf)) if bound < math.inf else NOTHING
            case "greater_equal":
                return self._at_least(bound)
        raise ValueError(f"{comparison!r} is not a comparison.")

    def _at_most(self, bound: float) -> "Range":
        if self.whole and math.isfinite(bound):
            bound = math.floor(bound)
        return replace(self, high=min(self.high, bound))

    def _at_least(self, bound: float) -> "Range":
        if self.whole and math.isfinite(bound):
            bound = math.ceil(bound)
        return replace(self, low=max(self.low, bound))


NOTHING = Range(math.inf, -math.inf)
