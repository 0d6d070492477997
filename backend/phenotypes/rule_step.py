"""The order in which a rule computes: one step over any kind of number, the same for every way to train."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from backend.expressions.compile import compile_expression
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

Number = TypeVar("Number")


def compile_rule(
    rule: UpdateRule,
    implementations: Mapping[str, Callable[..., Number]],
    constant: Callable[[float], Number],
) -> Callable[[Mapping[str, Number]], dict[str, Number]]:
    """Return the function from what a step reads to what it gives.

    It takes the values of g, of the states before the step, and of t, w, step, layer_num and layer_count as far as
    the rule reads them (`rule.reads`, `rule.live_states`). It gives the new value of each live state by its name, and
    under "weight" what is to be subtracted from the weight. States that the weight does not depend on are not computed.
    Implementations are as for `compile_expression`; that of "subtract" is always used.
    """
    functions = {
        name: compile_expression(node, implementations, constant)
        for name, node in rule.functions.items()
        if name in rule.live_states or name == WEIGHT
    }
    subtract = implementations["subtract"]

    def step(values: Mapping[str, Number]) -> dict[str, Number]:
        known = dict(values)
        given: dict[str, Number] = {}
        for name, function in functions.items():
            change = function(known)
            given[name] = change if name == WEIGHT else subtract(known[name], change)
            known[name] = given[name]
        return given

    return step
