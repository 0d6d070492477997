"""The languages that phenotypes are written in: which operators and variables each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from backend.expressions.operators import OPERATORS, Operator
from backend.expressions.ranges import Range


@dataclass(frozen=True, eq=False)
class Language:
    """A set of operators, by name, and the variables with the values that they can have.

    The version goes into the key of every behaviour: raise it when a text would come to mean something else.
    """

    name: str
    version: int
    operators: frozenset[str]
    variables: Mapping[str, Range]

    @cached_property
    def infix(self) -> Mapping[str, Operator]:
        """The operators that are written between their arguments, by their sign."""
        known = [OPERATORS[name] for name in sorted(self.operators)]
        return {each.infix.symbol: each for each in known if each.infix is not None}


_CHOICE = {"if_func", "less", "less_equal", "greater", "greater_equal"}
_ARITHMETIC = {"add", "subtract", "multiply", "divide_no_nan", "negative", "min", "max"}
_FUNCTIONS = {"square", "sqrt", "pow", "exp", "sin", "cos", "log_abs"}

SCHEDULE = Language(
    name="schedule",
    version=1,
    operators=frozenset(_CHOICE | _ARITHMETIC | _FUNCTIONS),
    # A training counts its epochs, and no rate that a schedule may see is negative: a negative one ends it.
    variables=MappingProxyType({"epoch": Range(low=0, whole=True), "learning_rate": Range(low=0)}),
)
