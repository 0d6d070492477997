"""The constants of a schedule that nobody named: rates, epochs, and what either is compared with."""

from collections.abc import Mapping

from backend.expressions.print_text import to_text
from backend.phenotypes.expression_constants import USUAL_REACH, constants_in, with_constants_in
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.schedule_program import ScheduleProgram
from backend.phenotypes.tunable import Tunable

_NAME = "constant"


def schedule_constants(schedule: Schedule | ScheduleProgram, reach: float = USUAL_REACH) -> dict[str, Tunable]:
    """Return the numbers but 0 of its simplified form, left to right: `constant_1` is the first.

    What makes no difference is none of them. An epoch is tuned like any other number: between two whole ones, a
    comparison comes out as with the next of them. `reach` is how many times larger or smaller a better one may be.
    """
    return constants_in(schedule.simplified, _NAME, reach)


def text_with_constants(schedule: Schedule | ScheduleProgram, values: Mapping[str, float]) -> str:
    """Return the simplified form with these numbers in the place of its own; those that are not named stay."""
    return to_text(with_constants_in(schedule.simplified, _NAME, values))
