"""A rule in the words that the grammars have, so that it can become a genotype.

The grammars have no negative constants, no sign, no absolute value and no step, and the published one does not let the
weight read the gradient. What a rule says with them can be said without.
"""

from backend.expressions.nodes import Call, Constant, Node, Variable, fold, substitute, variables
from backend.phenotypes.update_rule import HIDDEN, STATES, WEIGHT, UpdateRule


class NoFreeState(ValueError):
    """A rule needs one state more than there are; the message says for what."""


def seed_form(rule: UpdateRule) -> UpdateRule:
    """Return the rule with the same weights, to the last bit for gradients whose squares float32 can hold.

    A sign is u / sqrt(u²), an absolute value sqrt(u²), a negative constant the negative of one; a free state counts the
    steps. States that the weight does not depend on subtract themselves, which every grammar can say. Raises
    NoFreeState if no state is left to count in.
    """
    live = {*rule.live_states, WEIGHT}
    plain = {name: _plain(node) if name in live else Variable(name) for name, node in rule.functions.items()}
    return _counting(UpdateRule.of(plain))


def without_gradient_in_weight(rule: UpdateRule) -> UpdateRule:
    """Return the rule with the gradient handed to the weight by a free state: the same but for rounding.

    The state subtracts its difference from the gradient, z - (z - g), which float32 rounds. Raises NoFreeState if no
    state is left for it.
    """
    if "g" not in variables(rule.weight):
        return rule
    state = _free_state(rule, {WEIGHT}, "to hand the gradient to the weight")
    change = Call("subtract", (Variable(state), Variable("g")))
    weight = substitute(rule.weight, {"g": Variable(state)})
    return UpdateRule.of({**rule.functions, state: change, WEIGHT: weight})


def _counting(rule: UpdateRule) -> UpdateRule:
    functions = rule.functions
    readers = {name for name, node in functions.items() if "step" in variables(node)}
    if not readers:
        return rule
    state = _free_state(rule, readers, "to count the steps")
    counted = {name: substitute(node, {"step": Variable(state)}) for name, node in functions.items()}
    return UpdateRule.of({**counted, state: Call("negative", (Constant(1),))})


def _free_state(rule: UpdateRule, readers: set[str], purpose: str) -> str:
    """Return the last state that is not in use and that all the readers may read."""
    used = {*rule.live_states}
    for state in reversed(STATES):
        if state not in used and not any(state in HIDDEN[reader] or state == reader for reader in readers):
            return state
    raise NoFreeState(f"The rule uses {', '.join(sorted(used))}, so that no state is left {purpose}.")


def _plain(node: Node) -> Node:
    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Constant(value) if value < 0:
                return Call("negative", (Constant(-value),))
            case Call("abs"):
                return _absolute(arguments[0])
            case Call("sign"):
                return Call("divide_no_nan", (arguments[0], _absolute(arguments[0])))
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)


def _absolute(node: Node) -> Node:
    return Call("sqrt", (Call("square", (node,)),))


def constants_of(rule: UpdateRule) -> tuple[float, ...]:
    """Return the different constants of a rule, in the order of its text: what a run's grammar needs besides."""

    def gathered(part: Node, arguments: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
        own = (part.value,) if isinstance(part, Constant) else ()
        return sum(arguments, own)

    found = sum((fold(node, gathered) for node in rule.functions.values()), ())
    return tuple(dict.fromkeys(found))
