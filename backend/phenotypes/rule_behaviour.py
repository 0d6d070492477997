"""The behaviour of an update rule: what its weights depend on, and nothing else.

Rules with one key give the same weights to the last bit. The reverse does not hold: some that do are not recognised.
"""

from backend.expressions.exact import INFINITY, NAN
from backend.expressions.nodes import Call, Constant
from backend.expressions.print_text import number_text, to_text
from backend.phenotypes.behaviour import UPDATE_RULE, Behaviour
from backend.phenotypes.canonical_rule import canonical_rule
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import STATES, WEIGHT, UpdateRule


def update_rule(rule: UpdateRule) -> Behaviour:
    """Return the behaviour: the canonical texts of the live states' functions and of the weight's, None where unused.

    Raises CannotTrain, with the reason, for a rule that provably learns nothing from any gradient.
    """
    canonical = canonical_rule(rule)
    reason = _why_nothing_is_learned(canonical)
    if reason is not None:
        raise CannotTrain(reason)
    functions = canonical.functions
    content = {name: to_text(functions[name]) if name in canonical.live_states else None for name in STATES}
    return Behaviour(UPDATE_RULE, {**content, WEIGHT: to_text(canonical.weight)})


def rule_of(behaviour: Behaviour) -> UpdateRule:
    """Return the rule that a behaviour of the kind update_rule trains; functions that are None become 0."""
    texts = [f"{name} = {behaviour.content[name] or '0'}" for name in (*STATES, WEIGHT)]
    return UpdateRule.from_text("; ".join(texts))


def _why_nothing_is_learned(canonical: UpdateRule) -> str | None:
    match canonical.weight:
        case Constant(0):
            return "The weight change is always 0, so that nothing would be learned."
        case Constant(value):
            return f"The weight change is {number_text(value)} at every step, whatever the gradient is."
    if canonical.weight == NAN:
        return "The weight change is always NaN, the root of a negative number."
    if canonical.weight in (INFINITY, Call("negative", (INFINITY,))):
        return "The weight change is always infinite."
    if "g" not in canonical.reads:
        others = ", ".join(sorted(canonical.reads - set(STATES)))
        reads = f", only on {others}" if others else ""
        return f"The weight change does not depend on the gradient, neither directly nor through a state{reads}."
    return None
