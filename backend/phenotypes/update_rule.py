"""An update rule: how every weight changes at every mini-batch, from its gradient and three states of its own.

Source: [ALR] section 3. At each step, element by element in float32, with x = y = z = 0 at the start:

    x <- x - X(x, g);  y <- y - Y(x, y, g);  z <- z - Z(x, y, z, g);  w <- w - W(x, y, z, g)

Each function sees the new values of the states before it. Beyond the published language, every function may read t
(the share of the training that is done), w (the weight before the update), step (the number of the update, from 1),
layer_num and layer_count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from backend.expressions.errors import ExpressionError
from backend.expressions.languages import FORMULA, Language
from backend.expressions.nodes import Node, variables
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text

STATES = ("x", "y", "z")
WEIGHT = "weight"
FUNCTIONS = (*STATES, WEIGHT)

# What a function cannot read: states that are computed after it.
HIDDEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {"x": frozenset("yz"), "y": frozenset("z"), "z": frozenset(), WEIGHT: frozenset()}
)

_EQUATION = re.compile(r"\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)?\s*(?P<equals>=)?")
_FORM = "a rule is written x = ...; y = ...; z = ...; weight = ..., with 0 where nothing is needed"


@dataclass(frozen=True)
class UpdateRule:
    """Four expressions; what each subtracts from its state, or from the weight."""

    x: Node
    y: Node
    z: Node
    weight: Node

    @classmethod
    def from_text(cls, text: str, language: Language = FORMULA) -> "UpdateRule":
        """Parse `x = ...; y = ...; z = ...; weight = ...`.

        Raises ExpressionError, its column counted in the whole text, for another form, and for an expression that is
        none of the language or reads a state that is computed later.
        """
        parts, start = [], 0
        for part in text.split(";"):
            parts.append((start, part))
            start += len(part) + 1
        if len(parts) > len(FUNCTIONS):
            raise ExpressionError(f"Nothing can follow weight: {_FORM}.", parts[len(FUNCTIONS)][0])
        nodes = [_function(name, part, at, language) for name, (at, part) in zip(FUNCTIONS, parts, strict=False)]
        if len(nodes) < len(FUNCTIONS):
            raise ExpressionError(f"{FUNCTIONS[len(nodes)]} is missing: {_FORM}.", len(text) + 1)
        return cls(*nodes)

    @classmethod
    def of(cls, functions: Mapping[str, Node]) -> "UpdateRule":
        """Return the rule of the functions by name: x, y, z and weight."""
        return cls(**functions)

    @property
    def functions(self) -> Mapping[str, Node]:
        """The four expressions by name, in the order in which they are computed."""
        return {"x": self.x, "y": self.y, "z": self.z, WEIGHT: self.weight}

    @property
    def text(self) -> str:
        """The canonical text."""
        return "; ".join(f"{name} = {to_text(node)}" for name, node in self.functions.items())

    @cached_property
    def live_states(self) -> tuple[str, ...]:
        """The states that the weight depends on, directly or through others, in the order in which they are computed.

        A state that reads itself alone is not one of them unless the weight depends on it.
        """
        functions = self.functions
        live: set[str] = set()
        found = variables(self.weight) & set(STATES)
        while found - live:
            live |= found
            found = frozenset().union(*(variables(functions[state]) for state in live)) & set(STATES)
        return tuple(state for state in STATES if state in live)

    @cached_property
    def reads(self) -> frozenset[str]:
        """All variables that the weight depends on: live states and what they and the weight read."""
        functions = self.functions
        return frozenset().union(*(variables(functions[name]) for name in (*self.live_states, WEIGHT)))


def _function(name: str, part: str, start: int, language: Language) -> Node:
    """Parse one equation of a rule; `start` is how many characters precede it."""
    found = _EQUATION.match(part)
    if found is None or found["name"] != name or not found["equals"]:
        column = len(part) - len(part.lstrip()) + 1
        raise ExpressionError(f"'{name} =' is expected here: {_FORM}.", start + column)
    try:
        return parse(part[found.end() :], language.without(HIDDEN[name]))
    except ExpressionError as error:
        raise ExpressionError(f"In {name}: {error.message}", start + found.end() + error.column) from None
