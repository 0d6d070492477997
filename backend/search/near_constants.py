"""Which constants of a grammar lie near one another, for a mutation that moves one a little.

Between a rule that trains and the same rule with constants drawn anew lies a gap that a search rarely crosses; between
it and one whose rate is a tenth larger there is none.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence

from backend.grammar.constants import number_in
from backend.grammar.rules import Rule

# Places up and down the list in order of size; where constants lie close together (those near 1 in [ALR], which a mean
# keeps) these are small moves, so that there are some by factors as well.
REACH = 6
FACTORS = (1 / 3, 1 / 2, 1 / 1.5, 1 / 1.2, 1.2, 1.5, 2, 3)

Near = tuple[tuple[int, ...], ...]


def near_constants(rule: Rule) -> Near:
    """Return for each production the indices of those near it; nothing unless all are numbers.

    Near are the next larger and smaller ones, and what lies closest to its value times a factor of at most 3.
    Productions of equal value are not near but the same: a move between them would change nothing.
    """
    numbers = [number_in(str(production)) for production in rule.productions]
    values = [number for number in numbers if number is not None and math.isfinite(number)]
    if len(values) < len(numbers):
        return ()
    places: dict[float, int] = {}
    for place, value in enumerate(values):
        places.setdefault(value, place)
    ordered = sorted(places)
    return tuple(tuple(places[near] for near in _near(ordered, value)) for value in values)


def _near(ordered: Sequence[float], value: float) -> list[float]:
    rank = bisect_left(ordered, value)
    next_ones = ordered[max(0, rank - REACH) : rank + REACH + 1]
    multiples = [_closest(ordered, value * factor) for factor in FACTORS]
    return sorted({*next_ones, *multiples} - {value})


def _closest(ordered: Sequence[float], value: float) -> float:
    return min(ordered, key=lambda each: abs(each - value))
