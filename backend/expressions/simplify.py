"""Expression to a shorter one of the same value, so that a person sees what it really does.

The value stays the same to the last bit, for every value that the language lets its variables have. What is done:
choices whose outcome is known from the language or from the choices around them, choices that do not matter,
comparisons with the constant first, and arithmetic on constants. Languages that replace what is not finite allow more,
see simplify_protected.py.
"""

from backend.expressions.facts import Facts
from backend.expressions.languages import Language
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.expressions.operators import OPERATORS
from backend.expressions.simplify_protected import simplify_protected

_MIRRORED = {
    "less": "greater",
    "less_equal": "greater_equal",
    "greater": "less",
    "greater_equal": "less_equal",
}


def simplify(node: Node, language: Language) -> Node:
    """Return the simplified expression; simplifying it again changes nothing."""
    if language.non_finite is not None:
        return simplify_protected(node, language)
    # What one pass has moved may turn out known in its new place. It ends, since nothing ever gets longer.
    while (simpler := _simplified(node, Facts.of(language))) != node:
        node = simpler
    return node


def _simplified(node: Node, facts: Facts) -> Node:
    match node:
        case Call("if_func", (Call() as condition, then, otherwise)):
            return _choice(condition, then, otherwise, facts)
        case Call(operator, arguments):
            return _evaluated(Call(operator, tuple(_simplified(each, facts) for each in arguments)))
    return node


def _choice(condition: Call, then: Node, otherwise: Node, facts: Facts) -> Node:
    condition = _variable_first(condition, facts)
    outcome = facts.decide(condition)
    if outcome is not None:
        return _simplified(then if outcome else otherwise, facts)
    met, unmet = facts.assume(condition, True), facts.assume(condition, False)
    then, otherwise = _simplified(then, met), _simplified(otherwise, unmet)
    # If one branch comes to the other wherever the other would be taken, it can answer for both.
    if _taken(otherwise, met) == then:
        return otherwise
    if _taken(then, unmet) == otherwise:
        return then
    return Call("if_func", (condition, then, otherwise))


def _variable_first(condition: Call, facts: Facts) -> Call:
    left, right = (_simplified(each, facts) for each in condition.arguments)
    if isinstance(left, Constant) and isinstance(right, Variable):
        return Call(_MIRRORED[condition.operator], (right, left))
    return Call(condition.operator, (left, right))


def _taken(node: Node, facts: Facts) -> Node:
    """Follow the choices whose outcome is known."""
    while isinstance(node, Call) and node.operator == "if_func":
        condition, then, otherwise = node.arguments
        outcome = facts.decide(condition) if isinstance(condition, Call) else None
        if outcome is None:
            break
        node = then if outcome else otherwise
    return node


def _evaluated(call: Call) -> Node:
    """Compute what depends on constants alone."""
    numbers = [each.value for each in call.arguments if isinstance(each, Constant)]
    if len(numbers) < len(call.arguments):
        return call
    value = OPERATORS[call.operator].meaning(*numbers)
    # A constant can be neither infinite, NaN nor minus zero: such a result stays as the call that gives it.
    exact = float(value).hex()
    try:
        constant = Constant(value)
    except ValueError:
        return call
    return constant if constant.value.hex() == exact else call
