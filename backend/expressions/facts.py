"""What is known of variables and conditions at a place of an expression, from the choices around it."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.expressions.languages import Language
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.expressions.operators import OPERATORS
from backend.expressions.ranges import Range

_OPPOSITE = {
    "less": "greater_equal",
    "less_equal": "greater",
    "greater": "less_equal",
    "greater_equal": "less",
}
_STRICT = {"less", "greater"}


@dataclass(frozen=True)
class Facts:
    """The values that each variable can still have, and the conditions already met on the way, with their outcome.

    A condition is a comparison. One of a variable with a constant must have the variable first.
    """

    ranges: Mapping[str, Range]
    outcomes: Mapping[Node, bool]

    @classmethod
    def of(cls, language: Language) -> "Facts":
        """Return what holds everywhere."""
        return cls(language.variables, {})

    def decide(self, condition: Call) -> bool | None:
        """Say whether the condition always (True) or never (False) holds here; None if neither is known."""
        if condition in self.outcomes:
            return self.outcomes[condition]
        match condition.arguments:
            case (Constant(left), Constant(right)):
                return bool(OPERATORS[condition.operator].meaning(left, right))
            case (Variable(name), Constant(bound)):
                return self._decide_range(self.ranges[name], condition.operator, bound)
            case (left, right) if left == right:
                return self._decide_equal(left, condition.operator)
        return None

    def assume(self, condition: Call, holds: bool) -> "Facts":
        """Return what is known where the condition holds, or where it does not."""
        ranges = self.ranges
        match condition.arguments:
            case (Variable(name), Constant(bound)):
                comparison = condition.operator if holds else _OPPOSITE[condition.operator]
                ranges = {**ranges, name: ranges[name].narrowed(comparison, bound)}
        return Facts(ranges, {**self.outcomes, condition: holds})

    @staticmethod
    def _decide_range(known: Range, comparison: str, bound: float) -> bool | None:
        if known.narrowed(comparison, bound).empty:
            return False
        if known.narrowed(_OPPOSITE[comparison], bound).empty:
            return True
        return None

    @staticmethod
    def _decide_equal(node: Node, comparison: str) -> bool | None:
        """Compare a node with itself: what is computed may be NaN, which does not even equal itself."""
        if comparison in _STRICT:
            return False
        return True if isinstance(node, Variable) else None
