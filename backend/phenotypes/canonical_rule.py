"""A rule to one form for all that give the same weights to the last bit.

What is done beyond each function's own identities (expressions/exact.py): states that the weight does not depend on
are dropped; a state that can have but one value is that value, one that counts steps is `step`, one that repeats
another is that other; and the states that remain take the first names, in the order that gives the least text.
"""

from collections.abc import Iterator, Mapping
from itertools import permutations

from backend.expressions.arrays import evaluate_float32
from backend.expressions.bounds import ANYTHING, Bounds
from backend.expressions.exact import exactly, nearest_float32, sees_signs_of_zero
from backend.expressions.languages import FORMULA
from backend.expressions.nodes import Call, Constant, Node, Variable, substitute, variables
from backend.phenotypes.update_rule import STATES, WEIGHT, UpdateRule

_ZERO = Constant(0)
_STEP = Variable("step")
_COUNTERS: dict[Node, Node] = {Constant(-1): _STEP, Constant(1): Call("negative", (_STEP,))}

BOUNDS: Mapping[str, Bounds] = {
    name: ANYTHING if name in STATES else Bounds(values.low, values.high, nan=False)
    for name, values in FORMULA.variables.items()
}


def canonical_rule(rule: UpdateRule) -> UpdateRule:
    """Return the rule's one form; unused functions are 0. A second time changes nothing."""
    return _renamed(settled(rule))


def settled(rule: UpdateRule) -> UpdateRule:
    """Return the rule without whatever state is dead or turns out to be known, the others under their own names."""
    rule = _settle(_only_live(rule), signed_zeros=True)
    return rule if _sees_signs_of_zero(rule) else _settle(rule, signed_zeros=False)


def used_states(rule: UpdateRule) -> tuple[str, ...]:
    """Return the states that the weight depends on once each function is simplified, whatever they hold."""
    return _exactly(rule, signed_zeros=False).live_states


def _sees_signs_of_zero(rule: UpdateRule) -> bool:
    return any(sees_signs_of_zero(node, BOUNDS) for node in rule.functions.values())


def _settle(rule: UpdateRule, signed_zeros: bool) -> UpdateRule:
    while True:
        before, rule = rule, _only_live(_exactly(rule, signed_zeros))
        for state, value in _known_states(rule, signed_zeros):
            rule = _without(rule, state, value)
        if rule == before:
            return rule


def _exactly(rule: UpdateRule, signed_zeros: bool) -> UpdateRule:
    return UpdateRule.of({name: exactly(node, BOUNDS, signed_zeros) for name, node in rule.functions.items()})


def _only_live(rule: UpdateRule) -> UpdateRule:
    kept = {*rule.live_states, WEIGHT}
    return UpdateRule.of({name: node if name in kept else _ZERO for name, node in rule.functions.items()})


def _without(rule: UpdateRule, state: str, value: Node) -> UpdateRule:
    """Put the value in place of a state, of which the new value is what others read."""
    changed = {name: substitute(node, {state: value}) for name, node in rule.functions.items()}
    return UpdateRule.of({**changed, state: _ZERO})


def _known_states(rule: UpdateRule, signed_zeros: bool) -> Iterator[tuple[str, Node]]:
    """Yield live states that need not be kept, with what they are at every step."""
    zero = _always_zero(rule, signed_zeros)
    if zero:
        yield from ((state, _ZERO) for state in zero)
        return
    functions = rule.functions
    for state in rule.live_states:
        value = _only_value(functions[state], state) or _repeated(rule, state)
        if value is not None:
            # One at a time: another may be known in terms of this one.
            yield state, value
            return


def _always_zero(rule: UpdateRule, signed_zeros: bool) -> set[str]:
    """Return the live states that never leave 0: none of them changes as long as all of them are 0."""
    functions = rule.functions
    zero = set(rule.live_states)
    while zero:
        values = dict.fromkeys(zero, _ZERO)
        moving = {s for s in zero if not _is_zero(substitute(functions[s], values), signed_zeros)}
        if not moving:
            break
        zero -= moving
    return zero


def _is_zero(node: Node, signed_zeros: bool) -> bool:
    """Whether the value is always 0; 0 - (-0) is 0, so that its sign makes no difference to a state that is 0."""
    form = exactly(node, BOUNDS, signed_zeros)
    return form in (_ZERO, Call("negative", (_ZERO,))) or exactly(node, BOUNDS, signed_zeros=False) == _ZERO


def _only_value(change: Node, state: str) -> Node | None:
    """Return the value that a state has after every step, or the steps that it counts, if there is one."""
    if change in _COUNTERS:
        return _COUNTERS[change]
    if variables(change) - {state}:
        return None
    first = _next_value(change, state, _ZERO)
    return first if _next_value(change, state, first) == first else None


def _next_value(change: Node, state: str, value: Node) -> Node:
    after = Call("subtract", (value, substitute(change, {state: value})))
    return nearest_float32(float(evaluate_float32(after, {})[0]))


def _repeated(rule: UpdateRule, state: str) -> Node | None:
    """Return an earlier state that changes as this one does."""
    functions = rule.functions
    for other in rule.live_states[: rule.live_states.index(state)]:
        change = functions[state]
        if other not in variables(change) and substitute(change, {state: Variable(other)}) == functions[other]:
            return Variable(other)
    return None


def _renamed(rule: UpdateRule) -> UpdateRule:
    """Return the rule with its states in the order, of those in which none is read too early, of the least text."""
    orders = (order for order in permutations(rule.live_states) if _can_be_computed(rule, order))
    # The order of operands depends on the names.
    signed_zeros = _sees_signs_of_zero(rule)
    reordered = (_exactly(_reordered(rule, order), signed_zeros) for order in orders)
    return min(reordered, key=lambda each: (len(each.text), each.text))


def _can_be_computed(rule: UpdateRule, order: tuple[str, ...]) -> bool:
    functions = rule.functions
    return all(not variables(functions[state]) & set(order[at + 1 :]) for at, state in enumerate(order))


def _reordered(rule: UpdateRule, order: tuple[str, ...]) -> UpdateRule:
    """Give the first state of the order the name x, and so on."""
    names = {state: Variable(name) for state, name in zip(order, STATES, strict=False)}
    renamed = {name: substitute(node, names) for name, node in rule.functions.items()}
    moved = {names[state].name: renamed[state] for state in order}
    functions = {**dict.fromkeys(STATES, _ZERO), **moved, WEIGHT: renamed[WEIGHT]}
    return UpdateRule.of(functions)
