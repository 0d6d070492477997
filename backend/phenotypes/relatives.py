"""Which human-made rule a rule is most like, and in what it differs."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from backend.expressions.nodes import Call, Constant, Node, Variable, fold, size, substitute, walk
from backend.expressions.print_plain import to_plain
from backend.phenotypes.human_made_rule import HumanMadeRule
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.readable_rule import new_value, readable_rule
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

# Below it, two rules have no more in common than any two.
_LEAST_LIKENESS = 0.5
_ALMOST_ALL = 0.99
# Rules that evolution comes upon, though nobody trains with them.
_VARIANTS = (
    HumanMadeRule(
        "adam-uncorrected",
        "Adam without bias correction",
        {**HUMAN_MADE_RULES["adam"].formulas, WEIGHT: "divide_no_nan(x, add(sqrt(y), epsilon))"},
        HUMAN_MADE_RULES["adam"].tunables,
    ),
)
_RULES = (*HUMAN_MADE_RULES.values(), *_VARIANTS)
_ANY_NUMBER = Variable("c")
_ITSELF = Variable("itself")
_STATE = "state"


@dataclass(frozen=True)
class Relative:
    """A human-made rule and what a rule differs in.

    `likeness` is how much of both is common, from 0 to 1; `applied` the operator that the rule applies to the whole
    direction of the other, if it does just that; `only_here` and `only_there` the smallest parts that only one of them
    has, with c for any number; `numbers` the numbers of a rule that has the same parts, as (here, there), where they
    differ.
    """

    rule: HumanMadeRule
    likeness: float
    applied: str | None
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    numbers: tuple[tuple[float, float], ...]


def nearest_relative(readable: UpdateRule) -> Relative | None:
    """Return the human-made rule with most parts in common, numbers left out of account; None if none is near.

    The rule must be in readable form. States count for what they hold, not for their names.
    """
    whole = _whole(readable)
    # Of two that are equally near, the first.
    likeness, rule, there = max(((_likeness(whole, each), made, each) for made, each in _known()), key=_first)
    for made, known in _known():
        applied = _applied(whole, known)
        if applied is not None and likeness < 1:
            return Relative(made, likeness, applied, (), (), ())
    if likeness < _LEAST_LIKENESS:
        return None
    return Relative(
        rule,
        likeness,
        None,
        _only_in_first(whole, there),
        _only_in_first(there, whole),
        _different_numbers(whole, there),
    )


@cache
def _known() -> tuple[tuple[HumanMadeRule, Node], ...]:
    """Return the rules that are known, each with its whole weight change."""
    return tuple((made, _whole(readable_rule(made.rule()))) for made in _RULES)


def _first(found: tuple[float, HumanMadeRule, Node]) -> float:
    return found[0]


def _applied(here: Node, there: Node) -> str | None:
    """Return the operator, of those of one argument, that makes one direction of the other."""
    match _direction(here):
        case Call(operator, (argument,)) if operator != _STATE:
            same = _without_numbers(_direction(argument)) == _without_numbers(_direction(there))
            return operator if same else None
    return None


def _direction(node: Node) -> Node:
    """Return a whole weight change without its rate."""
    match node:
        case Call("multiply", (Constant(), inner)):
            return inner
    return node


def _with_rate(node: Node) -> Node:
    """Write a weight change as a rate times a direction, also if the rate is 1 or -1."""
    match node:
        case Call("multiply", (Constant(), _)):
            return node
        case Call("negative", (inner,)):
            return Call("multiply", (Constant(-1), inner))
    return Call("multiply", (Constant(1), node))


def _different_numbers(here: Node, there: Node) -> tuple[tuple[float, float], ...]:
    if _without_numbers(here) != _without_numbers(there):
        return ()
    pairs = zip(walk(here), walk(there), strict=True)
    numbers = [(a.value, b.value) for a, b in pairs if isinstance(a, Constant) and isinstance(b, Constant)]
    return tuple(dict.fromkeys(pair for pair in numbers if pair[0] != pair[1]))


def _likeness(here: Node, there: Node) -> float:
    """Return the share of joints that are common: operators with what they are applied to. 1 for the same alone."""
    if _without_numbers(here) == _without_numbers(there):
        return 1.0
    first, second = _joints(here), _joints(there)
    return min(2 * (first & second).total() / (first.total() + second.total()), _ALMOST_ALL)


def _joints(node: Node) -> Counter[tuple[str, ...]]:
    """Count the operators, each with the names of its operands."""
    calls = [part for part in walk(_without_numbers(node)) if isinstance(part, Call)]
    return Counter((call.operator, *map(_name, call.arguments)) for call in calls)


def _name(node: Node) -> str:
    match node:
        case Call(operator):
            return operator
        case Variable(name):
            return name
    return str(node)


def _whole(rule: UpdateRule) -> Node:
    """Return the weight change, a rate times a direction, with each state replaced by what it holds."""
    held: dict[str, Node] = {}
    for state in rule.live_states:
        own = {**held, state: _ITSELF}
        held[state] = Call(_STATE, (substitute(new_value(rule, state), own),))
    return substitute(_with_rate(rule.functions[WEIGHT]), held)


def _without_numbers(node: Node) -> Node:
    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Constant():
                return _ANY_NUMBER
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)


def _only_in_first(first: Node, second: Node) -> tuple[str, ...]:
    """Write the smallest parts that only the first has: where the difference begins. A state is one part."""
    parts, known = (_outer_parts(_without_numbers(_direction(each))) for each in (first, second))
    calls = [part for part in dict.fromkeys(parts) if isinstance(part, Call) and part not in known]
    ends = [part for part in calls if not any(other is not part and other in walk(part) for other in calls)]
    return tuple(_written(part) for part in sorted(ends, key=size))


def _outer_parts(node: Node) -> list[Node]:
    """Return all parts but those inside states."""
    match node:
        case Call(operator, arguments) if operator != _STATE:
            return [node, *(part for argument in arguments for part in _outer_parts(argument))]
    return [node]


def _written(part: Node) -> str:
    """Write a part; a state inside one stands for itself, and one that is the part by what it holds."""

    def visit(inner: Node, arguments: tuple[Node, ...]) -> Node:
        match inner:
            case Call(operator) if operator == _STATE:
                return Variable("state")
            case Call(operator):
                return Call(operator, arguments)
        return inner

    match part:
        case Call(operator, (held,)) if operator == _STATE:
            return f"a state that becomes {to_plain(fold(held, visit))}"
    return to_plain(fold(part, visit))
