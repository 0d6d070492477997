"""A rule made by people: a formula with named constants that can be tuned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from backend.expressions.languages import FORMULA
from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS
from backend.expressions.parse import parse
from backend.phenotypes.tunable import Tunable
from backend.phenotypes.update_rule import FUNCTIONS, WEIGHT, UpdateRule

# Constants are computed in float64: 1 - 0.999 is 0.001, and float32 knows eight digits.
_DIGITS = 12


@dataclass(frozen=True)
class HumanMadeRule:
    """A formula whose constants are named; `formulas` has those of the functions x, y, z and weight that are not 0.

    The weight's formula is what the rate multiplies, and schedules multiply the rate; without one it is the whole.
    """

    name: str
    title: str
    formulas: Mapping[str, str] = field(hash=False)
    tunables: Mapping[str, Tunable] = field(hash=False)
    rate: str | None = "learning_rate"
    source: str = ""

    @property
    def constants(self) -> dict[str, float]:
        """The usual values by name."""
        return {name: each.default for name, each in self.tunables.items()}

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The lowest and highest value that a tuning tries, by name."""
        return {name: (each.low, each.high) for name, each in self.tunables.items()}

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        language = FORMULA.with_variables(self.tunables.keys())
        formulas = {**dict.fromkeys(FUNCTIONS, "0"), **self.formulas}
        if self.rate is not None:
            formulas[WEIGHT] = f"multiply({self.rate}, {formulas[WEIGHT]})"
        return {name: parse(formulas[name], language) for name in FUNCTIONS}

    def rule(self, **constants: float) -> UpdateRule:
        """Return the rule with these constants, the usual ones where none is given.

        Raises ValueError for a constant that the rule does not have, or with which it would have no finite value.
        """
        for name in constants.keys() - self.tunables.keys():
            known = ", ".join(self.tunables)
            raise ValueError(f"{self.title} has no constant {name!r}; it has {known}.")
        values = self.constants | constants
        return UpdateRule.of({name: _with_constants(node, values) for name, node in self._nodes.items()})


def _with_constants(node: Node, values: Mapping[str, float]) -> Node:
    """Put numbers in place of the names, and compute what depends on numbers alone."""

    def filled(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Variable(name) if name in values:
                return Constant(values[name])
            case Call(operator):
                return _computed(Call(operator, arguments))
        return part

    return fold(node, filled)


def _computed(call: Call) -> Node:
    numbers = [each.value for each in call.arguments if isinstance(each, Constant)]
    if len(numbers) < len(call.arguments):
        return call
    return Constant(float(f"{OPERATORS[call.operator].meaning(*numbers):.{_DIGITS}g}"))
