"""The behaviour of an update rule: what its weights depend on, and nothing else."""

from backend.expressions.print_text import to_text
from backend.phenotypes.behaviour import UPDATE_RULE, Behaviour
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import STATES, WEIGHT, UpdateRule


def update_rule(rule: UpdateRule) -> Behaviour:
    """Return the behaviour: the texts of the live states' functions and of the weight's, None where unused.

    Raises CannotTrain, with the reason, for a rule that provably learns nothing from any gradient.
    """
    if "g" not in rule.reads:
        raise CannotTrain("The weight change does not depend on the gradient.")
    functions = rule.functions
    content = {name: to_text(functions[name]) if name in rule.live_states else None for name in STATES}
    return Behaviour(UPDATE_RULE, {**content, WEIGHT: to_text(rule.weight)})


def rule_of(behaviour: Behaviour) -> UpdateRule:
    """Return the rule that a behaviour of the kind update_rule trains: functions that are None become 0."""
    texts = [f"{name} = {behaviour.content[name] or '0'}" for name in (*STATES, WEIGHT)]
    return UpdateRule.from_text("; ".join(texts))
