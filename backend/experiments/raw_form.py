"""A rule as it was evolved, its text in pieces, of which the dead ones could be anything without a consequence."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from backend.expressions.bounds import ANYTHING, bounds
from backend.expressions.nodes import Call, Constant, Node, size
from backend.expressions.print_text import to_text
from backend.phenotypes.canonical_rule import BOUNDS, settled
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

# Put in the place of a part to see whether anything changes: of both signs, of all sizes, of no simple relation.
_PROBES = (0.37, -2.9, 1e-20, 1e20, -1e20)
# Each part is looked at by settling the whole rule again: more parts than this would keep a person waiting.
_MOST_PARTS = 200

_Test = Callable[[Node], bool]


@dataclass(frozen=True)
class RawPiece:
    """A piece of a rule's text; all pieces together are the text."""

    text: str
    dead: bool


def raw_form(rule: UpdateRule) -> tuple[RawPiece, ...]:
    """Return the rule's canonical text in pieces, as few as tell the dead from the living.

    Of a very large rule only whole functions are told to be dead.
    """
    closely = sum(size(node) for node in rule.functions.values()) <= _MOST_PARTS
    alike = groupby(_pieces(rule, closely), lambda piece: piece.dead)
    return tuple(RawPiece("".join(piece.text for piece in pieces), dead) for dead, pieces in alike)


def _pieces(rule: UpdateRule, closely: bool) -> Iterator[RawPiece]:
    form = settled(rule)
    for place, (name, node) in enumerate(rule.functions.items()):
        dead = name != WEIGHT and name not in rule.live_states
        yield RawPiece(f"{'; ' if place else ''}{name} = ", dead)
        if dead or not closely:
            yield RawPiece(to_text(node), dead)
        else:
            yield from _parts(node, partial(_is_still, form, rule, name))


def _is_still(form: UpdateRule, rule: UpdateRule, name: str, node: Node) -> bool:
    """Whether the rule has the same settled form with another function of that name."""
    return settled(UpdateRule.of({**rule.functions, name: node})) == form


def _parts(node: Node, is_no_change: _Test) -> Iterator[RawPiece]:
    """Yield the pieces of a part; `is_no_change` says so of another that would stand in its place."""
    if all(is_no_change(probe) for probe in _probes(node)):
        yield RawPiece(to_text(node), True)
        return
    if not isinstance(node, Call):
        yield RawPiece(to_text(node), False)
        return
    yield RawPiece(f"{node.operator}(", False)
    for place, argument in enumerate(node.arguments):
        if place:
            yield RawPiece(", ", False)
        yield from _parts(argument, _inside(node, place, is_no_change))
    yield RawPiece(")", False)


def _inside(call: Call, place: int, is_no_change: _Test) -> _Test:
    """Return the test of what stands in a place of a call, from the test of the call itself."""
    before, after = call.arguments[:place], call.arguments[place + 1 :]
    return lambda argument: is_no_change(Call(call.operator, (*before, argument, *after)))


def _probes(node: Node) -> Iterator[Node]:
    """Yield constants that the part could be, the ends of what it can be among them; any where it is a constant."""
    known = bounds(node, BOUNDS)
    if known.point is not None or known.always_nan:
        known = ANYTHING
    for value in (*_PROBES, known.low, known.high):
        if math.isfinite(value) and known.contains(value):
            yield Constant(value)
