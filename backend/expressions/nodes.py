"""The three kinds of node that an expression is made of, and the ways through them.

Nothing here recurses, comparison and hash included, so no expression is too deep for these functions.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Constant:
    """A finite number. Minus zero becomes zero, so that equal constants are the same value.

    Raises ValueError for infinities and NaN.
    """

    value: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"A constant must be a finite number, not {self.value}.")
        object.__setattr__(self, "value", float(self.value) + 0.0)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that is given from outside at each evaluation."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """An operator, by its name in the table of operators, and what it is applied to."""

    operator: str
    arguments: tuple["Node", ...]
    # Made from the arguments' own, so that no tree is walked for it.
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.operator, self.arguments)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Call):
            return NotImplemented
        pending: list[tuple[Node, Node]] = [(self, other)]
        while pending:
            mine, theirs = pending.pop()
            if mine is theirs:
                continue
            if not isinstance(mine, Call) or not isinstance(theirs, Call):
                if mine != theirs:
                    return False
            elif (mine._hash, mine.operator, len(mine.arguments)) != (
                theirs._hash,
                theirs.operator,
                len(theirs.arguments),
            ):
                return False
            else:
                pending.extend(zip(mine.arguments, theirs.arguments, strict=True))
        return True


Node: TypeAlias = Constant | Variable | Call


def fold(node: Node, visit: Callable[[Node, tuple[Result, ...]], Result]) -> Result:
    """Give `visit` every node, arguments first, with what it returned for the node's arguments."""
    pending = [(node, False)]
    done: list[Result] = []
    while pending:
        current, arguments_done = pending.pop()
        if isinstance(current, Call) and not arguments_done:
            pending.append((current, True))
            pending.extend((argument, False) for argument in reversed(current.arguments))
        else:
            start = len(done) - (len(current.arguments) if isinstance(current, Call) else 0)
            done[start:] = [visit(current, tuple(done[start:]))]
    return done[0]


def walk(node: Node) -> Iterator[Node]:
    """Yield every node, each before its arguments, left to right."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if isinstance(current, Call):
            pending.extend(reversed(current.arguments))


def size(node: Node) -> int:
    """Count the nodes."""
    return sum(1 for _ in walk(node))


def depth(node: Node) -> int:
    """Count the nodes on the longest way from the root to a leaf: 1 for a leaf."""

    def deepest(_: Node, arguments: tuple[int, ...]) -> int:
        return 1 + max(arguments, default=0)

    return fold(node, deepest)


def variables(node: Node) -> frozenset[str]:
    """Name the variables that the expression reads."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Variable))


def substitute(node: Node, values: Mapping[str, Node]) -> Node:
    """Put nodes in place of the variables that are named, all at once."""

    def filled(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Variable(name):
                return values.get(name, part)
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, filled)
