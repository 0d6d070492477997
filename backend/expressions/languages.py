"""The languages that phenotypes are written in: which operators and variables each has."""

import math
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from backend.expressions.meanings import finite_or
from backend.expressions.operators import OPERATORS, Operator
from backend.expressions.ranges import Range

LARGEST_FLOAT64 = 1.7976931348623157e308
LARGEST_FLOAT32 = 3.4028234663852886e38


@dataclass(frozen=True, eq=False)
class Language:
    """A set of operators, by name, and the variables with the values that they can have.

    The version goes into the key of every behaviour: raise it when a text would come to mean something else.
    `constants` are the numbers that may be written by a name, `largest` is the largest number that may be written,
    `deepest` is how deep expressions may be nested. `non_finite` is what the result of an operator becomes where it is
    infinite or NaN; with None it stays what it is. A variable, even as the whole expression, is never replaced.
    """

    name: str
    version: int
    operators: frozenset[str]
    variables: Mapping[str, Range]
    constants: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    largest: float = LARGEST_FLOAT64
    # More than a person or a grammar with a depth limit writes.
    deepest: int = 100
    non_finite: float | None = None

    @cached_property
    def infix(self) -> Mapping[str, Operator]:
        """The operators that are written between their arguments, by their sign."""
        known = [OPERATORS[name] for name in sorted(self.operators)]
        return {each.infix.symbol: each for each in known if each.infix is not None}

    @cached_property
    def meanings(self) -> Mapping[str, Callable[..., float]]:
        """What each operator computes here, a result that is not finite replaced."""
        return {name: self._replacing(OPERATORS[name].meaning) for name in self.operators}

    def _replacing(self, meaning: Callable[..., float]) -> Callable[..., float]:
        otherwise = self.non_finite
        if otherwise is None:
            return meaning
        return lambda *arguments: finite_or(meaning(*arguments), otherwise)

    def with_variables(self, names: Set[str]) -> "Language":
        """Return the language that has more variables, of any value."""
        more = dict.fromkeys(sorted(names), Range())
        return replace(self, variables=MappingProxyType({**self.variables, **more}))

    def without(self, names: Set[str]) -> "Language":
        """Return the language that lacks some variables."""
        kept = {name: values for name, values in self.variables.items() if name not in names}
        return replace(self, variables=MappingProxyType(kept))


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

# What trees are bred in ([GP]). A training may report a loss that is infinite or NaN, so that the range of a loss tells
# only of those that are numbers; no loss that we train with is negative.
PROGRAM = Language(
    name="program",
    version=1,
    operators=frozenset({"add", "subtract", "multiply", "divide_or_one", "sin", "cos", "exp_below_700", "log_abs"}),
    variables=MappingProxyType(
        {
            "epoch": Range(low=0, high=2.0**53, whole=True),
            "loss": Range(low=0),
            "val_loss": Range(low=0),
            # The epoch by the number of planned epochs.
            "epoch_share": Range(0, 1),
        }
    ),
    # Bred without a limit, trees become much deeper than what people write.
    deepest=10_000,
    non_finite=1.0,
)


# The languages of update rules compute in float32, element by element. Of what they read, the gradient and the weight
# are finite, since a training in which one is not has failed; states may become anything.
_FINITE = Range(-LARGEST_FLOAT32, LARGEST_FLOAT32)
_STATES = {"x": Range(), "y": Range(), "z": Range()}
_ELEMENT = {**_STATES, "g": _FINITE}
# The number of the layer among those with weights, from 1, and how many there are.
_DEPTH = {name: Range(low=1, high=2.0**24, whole=True) for name in ("layer_num", "layer_count")}
# The share of the training that is done, and the weight before the update.
_JOINT = {"t": Range(0, 1), "w": _FINITE}
# The number of the update, from 1. It counts as a float32 state would: it stays at 2^24.
_STEP = {"step": Range(low=1, high=2.0**24, whole=True)}

_PUBLISHED = {"negative", "subtract", "add", "multiply", "pow", "square", "divide_no_nan", "sqrt"}
_PI = MappingProxyType({"pi": math.pi})


def _rule_language(name: str, operators: set[str], variables: Mapping[str, Range], pi: bool = False) -> Language:
    return Language(
        name,
        version=1,
        operators=frozenset(operators),
        variables=MappingProxyType(dict(variables)),
        constants=_PI if pi else MappingProxyType({}),
        largest=LARGEST_FLOAT32,
    )


# [ALR] section 3.
RULE = _rule_language("rule", _PUBLISHED, _ELEMENT)
RULE_WITH_DEPTH = _rule_language("rule_with_depth", _PUBLISHED, _ELEMENT | _DEPTH)
JOINT = _rule_language("joint", _PUBLISHED | {"min", "max", "cos"}, _ELEMENT | _JOINT, pi=True)
# All that a rule can say: what people write, and what rules are simplified to.
FORMULA = _rule_language(
    "formula", _PUBLISHED | {"min", "max", "cos", "sign", "abs"}, _ELEMENT | _DEPTH | _JOINT | _STEP, pi=True
)
