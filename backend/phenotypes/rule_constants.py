"""The constants of a rule that nobody named, so that an evolved one can be tuned like a human-made one."""

from collections.abc import Mapping

from backend.expressions.nodes import Call, Constant, Node, fold, walk
from backend.phenotypes.tunable import Scale, Tunable
from backend.phenotypes.update_rule import UpdateRule

# A tuning looks for better values from a tenth of the evolved one to ten times it.
_FACTOR = 10


def rule_constants(rule: UpdateRule) -> dict[str, Tunable]:
    """Return the numbers that the rule's text holds, left to right: `weight_1` is the first of the weight's.

    0 is none of them: a range around it has no scale.
    """
    return {
        f"{name}_{place}": _around(value)
        for name, node in rule.functions.items()
        for place, value in enumerate(_numbers(node), start=1)
        if value != 0
    }


def with_constants(rule: UpdateRule, values: Mapping[str, float]) -> UpdateRule:
    """Return the rule with these numbers in the place of its own; those that are not named stay."""
    return UpdateRule.of({name: _replaced(node, name, values) for name, node in rule.functions.items()})


def _around(value: float) -> Tunable:
    low, high = sorted((value / _FACTOR, value * _FACTOR))
    return Tunable(value, low, high, Scale.LOG)


def _numbers(node: Node) -> list[float]:
    return [part.value for part in walk(node) if isinstance(part, Constant)]


def _replaced(node: Node, function: str, values: Mapping[str, float]) -> Node:
    met = 0

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        nonlocal met
        match part:
            case Constant(value):
                met += 1
                return Constant(values.get(f"{function}_{met}", value))
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)
