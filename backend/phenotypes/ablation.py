"""What each part of an update rule is good for: the rule without it, part after part.

Taken apart are the lines that people read: what a state becomes, and what is subtracted from the weight. A part is a
state, a summand, a factor, a divisor, or a function around something. Constant factors stay: how large a step is
belongs to the rule as a whole and is no part of its form.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.expressions.nodes import Call, Constant, Node, Variable, size, substitute, variables
from backend.expressions.print_plain import to_plain
from backend.phenotypes.behaviour import Behaviour
from backend.phenotypes.readable_rule import new_value, readable_rule
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

# Each variant is trained several times; the smallest parts are left out.
MOST_VARIANTS = 12

_ZERO = Constant(0)
_AROUND = {
    "sqrt": "the square root",
    "square": "the square",
    "abs": "the absolute value",
    "sign": "the sign",
    "exp": "the exponential function",
    "log_abs": "the logarithm",
    "sin": "the sine",
    "cos": "the cosine",
}


@dataclass(frozen=True)
class Variant:
    """A rule without one of its parts: what is gone in plain words, what is left, and what that does.

    `rule` is in the form that people read. `behaviour` is None where the rest provably cannot train, for the `reason`.
    """

    words: str
    rule: UpdateRule
    behaviour: Behaviour | None
    reason: str | None


@dataclass(frozen=True)
class _Removal:
    """A rule from which a part is gone, and how large that part was."""

    words: str
    weight: int
    rule: UpdateRule


def ablation(rule: UpdateRule, most: int = MOST_VARIANTS) -> tuple[Variant, ...]:
    """Return a readable rule's variants, those without the largest parts first.

    None does the same as the rule, and no two do the same.
    """
    found: dict[str, Variant] = {}
    known = {_key(rule)}
    # Sorting is stable: of parts of one size, that which stands first comes first.
    for removal in sorted(_removals(rule), key=lambda each: -each.weight):
        if len(found) == most:
            break
        variant = _variant(removal)
        key = variant.behaviour.key if variant.behaviour else variant.rule.text
        if key not in known:
            known.add(key)
            found[key] = variant
    return tuple(found.values())


def _key(rule: UpdateRule) -> str:
    try:
        return update_rule(readable_rule(rule)).key
    except CannotTrain:
        return rule.text


def _variant(removal: _Removal) -> Variant:
    rule = readable_rule(removal.rule)
    try:
        return Variant(removal.words, rule, update_rule(rule), None)
    except CannotTrain as reason:
        return Variant(removal.words, rule, None, str(reason))


def _removals(rule: UpdateRule) -> Iterator[_Removal]:
    for state in rule.live_states:
        yield from _without_state(rule, state)
    for name in (*rule.live_states, WEIGHT):
        line = rule.weight if name == WEIGHT else new_value(rule, name)
        place = "" if name == WEIGHT else f" in {name}"
        for words, weight, node in _without_part(line):
            yield _Removal(f"{words}{place}", weight, _with_line(rule, name, node))


def _without_state(rule: UpdateRule, state: str) -> Iterator[_Removal]:
    """Forget what a state was, so that it is made of what comes in alone; and have it 0 always."""
    value = new_value(rule, state)
    if state in variables(value):
        forgetful = substitute(value, {state: _ZERO})
        yield _Removal(f"{state} not kept from step to step", size(value), _with_line(rule, state, forgetful))
    functions = {name: substitute(node, {state: _ZERO}) for name, node in rule.functions.items()}
    yield _Removal(f"{state} always 0", size(value), UpdateRule.of({**functions, state: _ZERO}))


def _with_line(rule: UpdateRule, name: str, node: Node) -> UpdateRule:
    """Return the rule with another line: what is subtracted from the weight, or what a state becomes."""
    change = node if name == WEIGHT else Call("subtract", (Variable(name), node))
    return UpdateRule.of({**rule.functions, name: change})


def _without_part(node: Node) -> Iterator[tuple[str, int, Node]]:
    """Yield what can be taken out anywhere in a node: words, the size of what is gone, and what is left."""
    if not isinstance(node, Call):
        return
    yield from _without_argument(node)
    for place, argument in enumerate(node.arguments):
        for words, weight, left in _without_part(argument):
            arguments = (*node.arguments[:place], left, *node.arguments[place + 1 :])
            yield words, weight, Call(node.operator, arguments)


def _without_argument(call: Call) -> Iterator[tuple[str, int, Node]]:
    """Yield what is left of a call without one of its arguments, or without the function itself."""
    match call:
        case Call("add" | "min" | "max" as operator, (left, right)):
            what = "term" if operator == "add" else "bound"
            yield from (_gone(what, left, right), _gone(what, right, left))
        case Call("subtract", (left, right)):
            yield from (_gone("term", left, Call("negative", (right,))), _gone("term", right, left))
        # What is left of a constant times something would be the constant: no part of the rule as it was.
        case Call("multiply", (left, right)) if not isinstance(left, Constant) and not isinstance(right, Constant):
            yield from (_gone("factor", left, right), _gone("factor", right, left))
        case Call("divide_no_nan" | "pow" as operator, (left, right)):
            yield _gone("divisor" if operator == "divide_no_nan" else "exponent", right, left)
        case Call(operator, (inner,)) if operator in _AROUND:
            yield f"without {_AROUND[operator]} of {to_plain(inner)}", 1, inner


def _gone(what: str, part: Node, left: Node) -> tuple[str, int, Node]:
    return f"without the {what} {to_plain(part)}", size(part), left
