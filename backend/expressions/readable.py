"""Float32 expressions to what they are for real numbers: shorter, for people; no key is made of it.

Each identity holds wherever the expression has a value, its protected points included: u / |u| is sign(u), because a
division by zero gives zero; u / u is not 1, and stays. Rounding, overflow and underflow are left out of account.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from backend.expressions.bounds import Bounds, bounds
from backend.expressions.exact import exactly
from backend.expressions.linear import collected
from backend.expressions.nodes import Call, Constant, Node, fold, size

_ONE = Constant(1)


def readable(node: Node, variables: Mapping[str, Bounds]) -> Node:
    """Return the shortest form found; never longer than its exact form."""
    shortest = form = exactly(node, variables, signed_zeros=False)
    seen: set[Node] = set()
    while form not in seen:
        seen.add(form)
        form = exactly(_pass(form, variables), variables, signed_zeros=False)
        if size(form) <= size(shortest):
            shortest = form
    return shortest


def _pass(node: Node, variables: Mapping[str, Bounds]) -> Node:
    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        if not isinstance(part, Call):
            return part
        call = Call(part.operator, arguments)
        found = _identity(call, variables)
        return collected(call if found is None else found, variables)

    return fold(node, visit)


def _identity(call: Call, variables: Mapping[str, Bounds]) -> Node | None:
    identity = _IDENTITIES.get(call.operator)
    return None if identity is None else identity(call, variables)


def _quotient(call: Call, variables: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (u, Call("abs", (v,))) | (Call("abs", (v,)), u) if u == v:
            return Call("sign", (u,))
        case (u, Call("multiply", (Call("abs", (v,)), w) | (w, Call("abs", (v,))))) if u == v:
            return Call("divide_no_nan", (Call("sign", (u,)), w))
        case (Call("square", (u,)), v) if u == v:
            return u
        case (u, Call("square", (v,))) if u == v:
            return Call("divide_no_nan", (_ONE, u))
        case (Call("multiply", (u, v)), w) if w in (u, v) and not bounds(w, variables).contains(0):
            return v if w == u else u
    return _fraction(call)


def _fraction(call: Call) -> Node | None:
    """Make one fraction of several, its constant before it; where any divisor is zero, both forms are zero."""
    match call.arguments:
        case (Call("divide_no_nan", (u, v)), w):
            return Call("divide_no_nan", (u, Call("multiply", (v, w))))
        case (u, Call("divide_no_nan", (v, w))):
            return Call("divide_no_nan", (Call("multiply", (u, w)), v))
        case (Call("multiply", (Constant() as c, u)), v):
            return Call("multiply", (c, Call("divide_no_nan", (u, v))))
        case (u, Call("multiply", (Constant() as c, v))):
            return Call("multiply", (Call("divide_no_nan", (_ONE, c)), Call("divide_no_nan", (u, v))))
    return None


def _product(call: Call, _: Mapping[str, Bounds]) -> Node | None:
    left, right = call.arguments
    return _product_of(left, right) or _product_of(right, left)


def _product_of(left: Node, right: Node) -> Node | None:
    match (left, right):
        case (u, Call("sign", (v,))) if u == v:
            return Call("abs", (u,))
        case (Call("abs", (u,)), Call("sign", (v,))) if u == v:
            return u
        case (u, Call("multiply", (Constant() as c, v))):
            return Call("multiply", (c, Call("multiply", (u, v))))
        case (Constant() as c, Call("divide_no_nan", (Constant() as d, u))):
            return Call("divide_no_nan", (Call("multiply", (c, d)), u))
        case (u, Call("divide_no_nan", (Constant() as c, v))):
            return Call("multiply", (c, Call("divide_no_nan", (u, v))))
    return None


def _root(call: Call, _: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (Call("square", (u,)),):
            return Call("abs", (u,))
        case (Call("multiply", (Constant(c) as constant, Call("square", (u,)))),) if c >= 0:
            return Call("multiply", (Call("sqrt", (constant,)), Call("abs", (u,))))
    return None


def _square(call: Call, variables: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (Call("sqrt", (u,)),) if bounds(u, variables).low >= 0:
            return u
        case (Call("multiply", (Constant() as c, u)),):
            return Call("multiply", (Call("square", (c,)), Call("square", (u,))))
    return None


def _absolute(call: Call, _: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (Call("multiply", (Constant() as c, u)),):
            return Call("multiply", (Call("abs", (c,)), Call("abs", (u,))))
    return None


def _sign(call: Call, _: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (Call("multiply", (Constant(c), u)),) if c > 0:
            return Call("sign", (u,))
        case (Call("sign") as inner,):
            return inner
    return None


def _power(call: Call, _: Mapping[str, Bounds]) -> Node | None:
    match call.arguments:
        case (u, Constant(2)):
            return Call("square", (u,))
        case (u, Constant(0.5)):
            return Call("sqrt", (u,))
    return None


_IDENTITIES: Mapping[str, Callable[[Call, Mapping[str, Bounds]], Node | None]] = MappingProxyType(
    {
        "abs": _absolute,
        "divide_no_nan": _quotient,
        "multiply": _product,
        "pow": _power,
        "sign": _sign,
        "sqrt": _root,
        "square": _square,
    }
)
