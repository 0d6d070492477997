"""The constants of a rule that nobody named."""

from collections.abc import Mapping

from backend.phenotypes.expression_constants import USUAL_REACH, constants_in, with_constants_in
from backend.phenotypes.tunable import Tunable
from backend.phenotypes.update_rule import UpdateRule


def rule_constants(rule: UpdateRule, reach: float = USUAL_REACH) -> dict[str, Tunable]:
    """Return the numbers but 0 that the rule's text holds, left to right: `weight_1` is the first of the weight's.

    `reach` is how many times larger or smaller a better one may be.
    """
    found: dict[str, Tunable] = {}
    for name, node in rule.functions.items():
        found |= constants_in(node, name, reach)
    return found


def with_constants(rule: UpdateRule, values: Mapping[str, float]) -> UpdateRule:
    """Return the rule with these numbers in the place of its own; those that are not named stay."""
    return UpdateRule.of({name: with_constants_in(node, name, values) for name, node in rule.functions.items()})
