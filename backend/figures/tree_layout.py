"""Where the nodes of a tree are drawn: the root at the left, a row for each leaf, no two of them in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from backend.expressions.nodes import Call, Constant, Variable, size
from backend.expressions.print_plain import plain_number
from backend.expressions.print_text import number_text
from backend.phenotypes.program_tree import Part

# Beyond it a person sees a thicket and a browser is slow; what is left out is counted.
MOST_NODES = 400
MOST_LEVELS = 40

_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"add": "+", "subtract": "−", "multiply": "×", "divide_or_one": "÷", "exp_below_700": "exp", "log_abs": "ln|·|"}
)

Kind = Literal["operator", "variable", "constant", "cut"]


@dataclass(frozen=True)
class DrawnNode:
    """A node, or what stands for parts that are left out.

    `level` counts from 0 at the root, `row` from 0 at the top; an operator stands in the middle of its arguments.
    `parent` is a place in the list of nodes. `note` says what the label does not: all digits, what a part comes to.
    """

    label: str
    kind: Kind
    level: int
    row: float
    parent: int | None
    dead: bool
    note: str | None


@dataclass(frozen=True)
class TreeLayout:
    """The drawn nodes, each before its arguments; how many levels and rows they take, and how many are left out."""

    nodes: tuple[DrawnNode, ...]
    levels: int
    rows: int
    left_out: int


@dataclass(frozen=True)
class _Entry:
    """What is to be drawn: a part, or a number of nodes that are left out."""

    part: Part | None
    level: int
    parent: int | None
    left_out: int = 0


def tree_layout(tree: Part, most_nodes: int = MOST_NODES, most_levels: int = MOST_LEVELS) -> TreeLayout:
    """Return the layout of a tree; of one that is too large, that of the nodes nearest to the root."""
    entries = _in_order(tree, _nearest(tree, most_nodes, most_levels))
    rows, count = _rows(entries)
    return TreeLayout(
        nodes=tuple(_drawn(entry, row) for entry, row in zip(entries, rows, strict=True)),
        levels=max(entry.level for entry in entries) + 1,
        rows=count,
        left_out=sum(entry.left_out for entry in entries),
    )


def _nearest(tree: Part, most_nodes: int, most_levels: int) -> frozenset[int]:
    """Return the ids of the parts that are drawn, level by level as long as there is room."""
    level = [tree]
    kept: list[Part] = []
    for _ in range(most_levels):
        kept += level
        level = [below for part in level for below in part.parts]
    return frozenset(id(part) for part in kept[:most_nodes])


def _in_order(tree: Part, kept: frozenset[int]) -> list[_Entry]:
    entries: list[_Entry] = []
    pending = [_Entry(tree, 0, None)]
    while pending:
        entry = pending.pop()
        place = len(entries)
        entries.append(entry)
        below = entry.part.parts if entry.part else ()
        left_out = sum(size(part.node) for part in below if id(part) not in kept)
        if left_out:
            pending.append(_Entry(None, entry.level + 1, place, left_out))
        pending.extend(_Entry(part, entry.level + 1, place) for part in reversed(below) if id(part) in kept)
    return entries


def _rows(entries: Sequence[_Entry]) -> tuple[list[float], int]:
    """Return the row of each entry, and how many rows there are: leaves take one after the other."""
    below: list[list[float]] = [[] for _ in entries]
    rows = [0.0] * len(entries)
    inner = {entry.parent for entry in entries}
    leaves = [place for place in range(len(entries)) if place not in inner]
    for row, place in enumerate(leaves):
        rows[place] = row
    # An entry comes before what is below it, so that going backwards the arguments are known.
    for place in range(len(entries) - 1, -1, -1):
        if below[place]:
            rows[place] = (min(below[place]) + max(below[place])) / 2
        parent = entries[place].parent
        if parent is not None:
            below[parent].append(rows[place])
    return rows, len(leaves)


def _drawn(entry: _Entry, row: float) -> DrawnNode:
    part = entry.part
    if part is None:
        nodes = "1 more node" if entry.left_out == 1 else f"{entry.left_out} more nodes"
        return DrawnNode(f"… {nodes}", "cut", entry.level, row, entry.parent, dead=False, note=None)
    label, kind, note = _said(part)
    return DrawnNode(label, kind, entry.level, row, entry.parent, part.dead, note)


def _said(part: Part) -> tuple[str, Kind, str | None]:
    value = None if part.value is None else f"always {plain_number(part.value)}"
    settled = "" if part.value is None else f" = {plain_number(part.value)}"
    match part.node:
        case Constant(number):
            full, shown = number_text(number), plain_number(number)
            return shown, "constant", full if full.replace("-", "−") != shown else None
        case Variable(name):
            return f"{name}{settled}", "variable", value
        case Call(operator):
            return f"{_SYMBOLS.get(operator, operator)}{settled}", "operator", value
