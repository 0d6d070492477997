"""Schedules that people made, written in the language that evolution writes in."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.expressions.nodes import Constant
from backend.phenotypes.schedule import Schedule


def constant(rate: float) -> Schedule:
    """Return the schedule that always gives the same rate. Raises ValueError if it is not finite."""
    return Schedule(Constant(rate))


# The baseline of [DLR].
CONSTANT_001 = constant(0.01)

BASELINES: Mapping[str, Schedule] = MappingProxyType({"constant 0.01": CONSTANT_001})
