"""Sums to sums of different terms: x - (0.1 x - g) is 0.9 x + g."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.expressions.bounds import Bounds, bounds
from backend.expressions.nodes import Call, Constant, Node, size, walk

_SUMS = {"add", "subtract"}
# What is left of a cancelled coefficient by rounding is none.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Linear:
    """A constant, and terms with their factors."""

    constant: float
    terms: Mapping[Node, float]


def linear(node: Node) -> Linear:
    """Write an expression as a sum: through sums, differences, signs and constant factors, of what is none of these."""
    constant, terms = 0.0, dict[Node, float]()
    pending = [(1.0, node)]
    while pending:
        factor, part = pending.pop()
        match part:
            case Constant(value):
                constant += factor * value
            case Call("add", (left, right)):
                pending += [(factor, right), (factor, left)]
            case Call("subtract", (left, right)):
                pending += [(-factor, right), (factor, left)]
            case Call("negative", (inner,)):
                pending.append((-factor, inner))
            case Call("multiply", (Constant(value), inner)):
                pending.append((factor * value, inner))
            case _:
                terms[part] = terms.get(part, 0.0) + factor
    return Linear(constant, terms)


def collected(node: Node, variables: Mapping[str, Bounds], longer_by: int = -1) -> Node:
    """Return the sum with like terms collected, where that makes it shorter; anything else as it is.

    Terms that can be without a value are not cancelled. `longer_by` is how many nodes longer than before, at most, the
    sum of different terms may be.
    """
    if not isinstance(node, Call) or node.operator not in _SUMS | {"negative", "multiply"}:
        return node
    found = linear(node)
    cancelled = [term for term, factor in found.terms.items() if abs(factor) < _NOTHING]
    if any(_may_have_no_value(term, variables) for term in cancelled):
        return node
    kept = {term: factor for term, factor in found.terms.items() if term not in cancelled}
    whole = _sum(Linear(found.constant, kept))
    return whole if size(whole) <= size(node) + longer_by else node


def _sum(of: Linear) -> Node:
    """Write the positive terms first."""
    parts = [_scaled(factor, term) for term, factor in of.terms.items()]
    if of.constant:
        parts.append((of.constant > 0, Constant(abs(of.constant))))
    parts.sort(key=lambda part: not part[0])
    if not parts:
        return Constant(0)
    positive, first = parts[0]
    total: Node = first if positive else Call("negative", (first,))
    for positive, part in parts[1:]:
        total = Call("add" if positive else "subtract", (total, part))
    return total


def _scaled(factor: float, term: Node) -> tuple[bool, Node]:
    """Return whether the factor is positive, and the term times its size."""
    amount = abs(factor)
    return factor > 0, term if amount == 1 else Call("multiply", (Constant(amount), term))


def _may_have_no_value(node: Node, variables: Mapping[str, Bounds]) -> bool:
    """Whether a root or power in it can be NaN or infinite, overflow apart."""
    for part in walk(node):
        match part:
            case Call("sqrt", (inner,)) if bounds(inner, variables).low < 0:
                return True
            case Call("pow", (base, exponent)):
                below, least = bounds(base, variables).low, bounds(exponent, variables).low
                if below < 0 or (below == 0 and least < 0):
                    return True
    return False
