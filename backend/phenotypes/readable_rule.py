"""A rule as people read it: without what is dead, in the shortest form that real numbers allow."""

import math
from collections.abc import Mapping

import numpy as np

from backend.expressions.bounds import Bounds
from backend.expressions.exact import exactly
from backend.expressions.languages import LARGEST_FLOAT32
from backend.expressions.linear import collected
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, substitute, variables
from backend.expressions.readable import readable
from backend.phenotypes.canonical_rule import BOUNDS, settled
from backend.phenotypes.update_rule import STATES, WEIGHT, UpdateRule

_FINITE = Bounds(-LARGEST_FLOAT32, LARGEST_FLOAT32, nan=False)
# A person asks what a rule does as long as its states are numbers.
_BOUNDS: Mapping[str, Bounds] = {**BOUNDS, **dict.fromkeys(STATES, _FINITE)}


def readable_rule(rule: UpdateRule) -> UpdateRule:
    """Return the rule in its readable form: the same weights, but for rounding, overflow and underflow.

    A state that keeps nothing of its value is replaced by what it becomes. States keep their names, what is not needed
    is 0, and pi is exact.
    """
    while True:
        rule = settled(rule)
        short = UpdateRule.of({name: readable(node, _BOUNDS) for name, node in rule.functions.items()})
        forgetful = next((state for state in short.live_states if not _keeps(short, state)), None)
        if forgetful is None:
            return UpdateRule.of({name: _with_pi(node) for name, node in short.functions.items()})
        rule = _inlined(short, forgetful)


def new_value(rule: UpdateRule, name: str) -> Node:
    """Return what a state or the weight (`weight`, read as w) becomes at a step.

    Of a state, how much it keeps and what is added; of the weight, what it was and what is subtracted.
    """
    if name == WEIGHT:
        return _with_pi(exactly(Call("subtract", (Variable("w"), rule.weight)), _BOUNDS, signed_zeros=False))
    value = readable(Call("subtract", (Variable(name), rule.functions[name])), _BOUNDS)
    return _with_pi(collected(value, _BOUNDS, longer_by=0))


def _keeps(rule: UpdateRule, state: str) -> bool:
    return state in variables(new_value(rule, state))


def _inlined(rule: UpdateRule, state: str) -> UpdateRule:
    value = new_value(rule, state)
    functions = {name: substitute(node, {state: value}) for name, node in rule.functions.items()}
    return UpdateRule.of({**functions, state: Constant(0)})


def _with_pi(node: Node) -> Node:
    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Constant(value) if np.float32(value) == np.float32(math.pi):
                return Constant(math.pi)
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)
