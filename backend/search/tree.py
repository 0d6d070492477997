"""The genotype of tree GP: an expression, written in Polish notation.

A subtree is a slice of it, so that trees are cut and joined without recursion, whatever their depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from backend.expressions.nodes import Call, Constant, Node, Variable, walk
from backend.expressions.operators import OPERATORS
from backend.expressions.print_text import number_text

# An operator's or a variable's name, or a constant.
Symbol: TypeAlias = str | float

_ARITIES: dict[Symbol, int] = {name: each.arity for name, each in OPERATORS.items()}


@dataclass(frozen=True, slots=True)
class Tree:
    """The symbols of an expression, each operator before its arguments."""

    symbols: tuple[Symbol, ...]

    @classmethod
    def of(cls, expression: Node) -> "Tree":
        """Return the tree of an expression."""
        return cls(tuple(_symbol(node) for node in walk(expression)))

    @property
    def expression(self) -> Node:
        """The expression that the tree is."""
        done: list[Node] = []
        for symbol in reversed(self.symbols):
            if count := arity(symbol):
                arguments = tuple(done.pop() for _ in range(count))
                done.append(Call(str(symbol), arguments))
            else:
                done.append(Variable(symbol) if isinstance(symbol, str) else Constant(symbol))
        return done[0]

    @property
    def text(self) -> str:
        """The canonical text of the expression."""
        written: list[str] = []
        # How many arguments each open call still waits for.
        waiting: list[int] = []
        for symbol in self.symbols:
            if count := arity(symbol):
                written.append(f"{symbol}(")
                waiting.append(count)
                continue
            written.append(symbol if isinstance(symbol, str) else number_text(symbol))
            while waiting and waiting[-1] == 1:
                written.append(")")
                waiting.pop()
            if waiting:
                written.append(", ")
                waiting[-1] -= 1
        return "".join(written)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.symbols)

    @property
    def depth(self) -> int:
        """The depth of the deepest node; the root is at depth 0."""
        return max(depths(self.symbols))


@dataclass(frozen=True, slots=True)
class Shape:
    """How many nodes a subtree has, and how far below its root the lowest of them is."""

    size: int
    height: int


def arity(symbol: Symbol) -> int:
    """Return the number of a symbol's arguments."""
    return _ARITIES.get(symbol, 0)


def end_of(symbols: Sequence[Symbol], start: int) -> int:
    """Return the place just behind the subtree that starts at a place."""
    wanted, at = 1, start
    while wanted:
        wanted += arity(symbols[at]) - 1
        at += 1
    return at


def depths(symbols: Sequence[Symbol]) -> list[int]:
    """Return the depth of each node."""
    found: list[int] = []
    pending = [0]
    for symbol in symbols:
        depth = pending.pop()
        found.append(depth)
        pending.extend([depth + 1] * arity(symbol))
    return found


def shapes(symbols: Sequence[Symbol]) -> list[Shape]:
    """Return the shape of the subtree at each place."""
    found: list[Shape] = []
    done: list[Shape] = []
    for symbol in reversed(symbols):
        arguments = [done.pop() for _ in range(arity(symbol))]
        size = 1 + sum(each.size for each in arguments)
        done.append(Shape(size, max((each.height + 1 for each in arguments), default=0)))
        found.append(done[-1])
    found.reverse()
    return found


def replaced(symbols: tuple[Symbol, ...], start: int, subtree: Sequence[Symbol]) -> Tree:
    """Return the tree that has another subtree in the place of the one that starts there."""
    return Tree((*symbols[:start], *subtree, *symbols[end_of(symbols, start) :]))


def _symbol(node: Node) -> Symbol:
    match node:
        case Constant(value):
            return value
        case Variable(name):
            return name
        case Call(operator):
            return operator
