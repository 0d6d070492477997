"""Update rules in plain words: what they are like, what they keep, what in them is dead."""

from collections.abc import Iterator

from backend.expressions.linear import linear
from backend.expressions.nodes import Call, Constant, Node, Variable, variables
from backend.expressions.print_plain import plain_number, to_plain
from backend.phenotypes.canonical_rule import used_states
from backend.phenotypes.readable_rule import new_value, readable_rule
from backend.phenotypes.relatives import Relative, nearest_relative
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import STATES, WEIGHT, UpdateRule

_MOST_PARTS = 3
# How near to 1 the parts of a moving average add up to.
_NEAR = 1e-3
_FUNCTIONS = {"sqrt": "square root", "abs": "absolute value", "cos": "cosine"}
_READS = {
    "t": "the share of the training that is done",
    "w": "the weight itself",
    "step": "the number of the update",
    "layer_num": "the layer's number",
    "layer_count": "the number of layers",
}


def describe_rule(rule: UpdateRule) -> str:
    """Return a few sentences: the nearest known rule and the difference, the states, what is read, what is dead."""
    try:
        update_rule(rule)
    except CannotTrain as reason:
        return str(reason)
    readable = readable_rule(rule)
    relation = _relation(nearest_relative(readable))
    return " ".join([relation, *_states(rule, readable), *_reads(readable), *_dead(rule)])


def dead_parts(rule: UpdateRule) -> tuple[str, ...]:
    """Name the states whose functions change nothing: those that the weight does not depend on."""
    used = used_states(rule)
    return tuple(state for state in STATES if state not in used and _says(rule, state))


def _says(rule: UpdateRule, state: str) -> bool:
    """Whether a state's function is more than the 0, or the state itself, that stands where none is needed."""
    return rule.functions[state] not in (Constant(0), Variable(state))


def _relation(relative: Relative | None) -> str:
    if relative is None:
        return "It is like no known rule."
    title = relative.rule.title
    if relative.applied is not None:
        return f"The {_FUNCTIONS.get(relative.applied, relative.applied)} of {title}."
    if relative.only_here or relative.only_there:
        here = f"; it has {_listed(relative.only_here)}" if relative.only_here else ""
        there = f"; it lacks {_listed(relative.only_there)}" if relative.only_there else ""
        return f"Nearest to {title}{here}{there}."
    numbers = [f"{plain_number(here)} for {plain_number(there)}" for here, there in relative.numbers]
    return f"{title}, with {_listed(tuple(numbers))}." if numbers else f"{title}."


def _states(rule: UpdateRule, readable: UpdateRule) -> Iterator[str]:
    if not readable.live_states:
        yield "It keeps no state."
    for state in readable.live_states:
        yield f"{state} {_held(state, new_value(readable, state))}."
    known = tuple(state for state in used_states(rule) if state not in readable.live_states)
    if known:
        it = "it is" if len(known) == 1 else "they are"
        yield f"{_listed(known)} need not be kept: what {it} at each step is known without."


def _held(state: str, value: Node) -> str:
    """Say what a state holds: a sum, a moving average, something with momentum, or else its formula."""
    form = linear(value)
    kept = form.terms.get(Variable(state), 0.0)
    added = [(term, factor) for term, factor in form.terms.items() if term != Variable(state)]
    if form.constant or len(added) != 1 or kept <= 0 or state in variables(added[0][0]):
        return f"becomes {to_plain(value)}"
    term, factor = added[0]
    written = to_plain(term)
    if abs(kept + factor - 1) < _NEAR:
        return f"is a moving average of {written} that keeps {plain_number(kept)}"
    scaled = to_plain(_times(factor, term))
    return f"is the sum of {scaled}" if kept == 1 else f"keeps {plain_number(kept)} of itself and adds {scaled}"


def _times(factor: float, term: Node) -> Node:
    amount = term if abs(factor) == 1 else Call("multiply", (Constant(abs(factor)), term))
    return amount if factor > 0 else Call("negative", (amount,))


def _reads(rule: UpdateRule) -> Iterator[str]:
    read = [f"{meaning} ({name})" for name, meaning in _READS.items() if name in rule.reads]
    if read:
        yield f"It reads {_listed(tuple(read))}."
    if "g" not in variables(rule.functions[WEIGHT]):
        yield "The weight sees the gradient through states alone."


def _dead(rule: UpdateRule) -> Iterator[str]:
    dead = dead_parts(rule)
    if dead:
        verb, it = ("is", "it") if len(dead) == 1 else ("are", "them")
        yield f"{_listed(dead)} {verb} dead: nothing depends on {it}."


def _listed(parts: tuple[str, ...]) -> str:
    shown = list(parts[:_MOST_PARTS])
    if len(parts) > _MOST_PARTS:
        shown.append(f"{len(parts) - _MOST_PARTS} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
