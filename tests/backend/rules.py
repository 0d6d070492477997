"""Update rules for tests: how Hypothesis draws them, pairs that differ by one edit among them, and points to try."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from backend.expressions.bounds import Bounds
from backend.expressions.languages import FORMULA, RULE, Language
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, walk
from backend.expressions.operators import OPERATORS
from backend.phenotypes.canonical_rule import BOUNDS
from backend.phenotypes.update_rule import FUNCTIONS, HIDDEN, STATES, UpdateRule

CONSTANTS = st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, -0.5, 0.1, 1e-3, 0.9])

# Values of a training that goes well: no state is infinite or NaN.
REAL_BOUNDS = {**BOUNDS, **dict.fromkeys(STATES, Bounds(-1e38, 1e38, nan=False))}
_POINTS = [0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 0.3, -0.7]


def real_points() -> list[dict[str, float]]:
    """Give the variables small values, zero often: where divisions are protected."""
    rng = np.random.default_rng(0)
    points = [{name: float(rng.choice(_POINTS)) for name in (*STATES, "g", "w")} for _ in range(60)]
    return [each | {"t": 0.25, "step": 2.0, "layer_num": 1.0, "layer_count": 3.0} for each in points]


def expressions(language: Language, leaves: int = 6) -> SearchStrategy[Node]:
    """Draw expressions of a language of rules."""
    names = st.sampled_from(sorted(language.variables))
    operators = [OPERATORS[name] for name in sorted(language.operators)]

    def calls(inner: SearchStrategy[Node]) -> SearchStrategy[Node]:
        return st.sampled_from(operators).flatmap(
            lambda each: st.tuples(*[inner] * each.arity).map(lambda arguments: Call(each.name, arguments))
        )

    return st.recursive(st.builds(Constant, CONSTANTS) | st.builds(Variable, names), calls, max_leaves=leaves)


def rules(language: Language = FORMULA, leaves: int = 5) -> SearchStrategy[UpdateRule]:
    """Draw rules whose functions read what they may."""
    parts = {name: expressions(language.without(HIDDEN[name]), leaves) for name in FUNCTIONS}
    return st.fixed_dictionaries(parts).map(UpdateRule.of)


def nearly_equal_pairs() -> SearchStrategy[tuple[UpdateRule, UpdateRule]]:
    """Draw a rule, and the same after one small edit of one function."""
    return st.sampled_from([RULE, FORMULA]).flatmap(lambda language: rules(language).flatmap(_edited))


def _edited(rule: UpdateRule) -> SearchStrategy[tuple[UpdateRule, UpdateRule]]:
    def edit(name: str) -> SearchStrategy[tuple[UpdateRule, UpdateRule]]:
        node = rule.functions[name]
        places = st.integers(0, sum(1 for _ in walk(node)) - 1)
        replacements = st.builds(Constant, CONSTANTS) | expressions(FORMULA.without(HIDDEN[name]), 2)
        return st.tuples(places, replacements, st.sampled_from(_EDITS)).map(
            lambda drawn: (rule, UpdateRule.of({**rule.functions, name: _at(node, *drawn)}))
        )

    return st.sampled_from(FUNCTIONS).flatmap(edit)


def _replace(_: Node, other: Node) -> Node:
    return other


def _swap(part: Node, other: Node) -> Node:
    return Call(part.operator, part.arguments[::-1]) if isinstance(part, Call) else other


def _negate(part: Node, _: Node) -> Node:
    return Call("negative", (part,))


def _wrap(part: Node, other: Node) -> Node:
    return Call("add", (part, other))


def _scale(part: Node, other: Node) -> Node:
    return Call("multiply", (part, other))


_EDITS = [_replace, _swap, _negate, _wrap, _scale]


def _at(node: Node, place: int, other: Node, edit: object) -> Node:
    """Apply an edit to the part that is visited as the given one."""
    assert callable(edit)
    count = iter(range(10**6))

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        rebuilt = Call(part.operator, arguments) if isinstance(part, Call) else part
        result: Node = edit(rebuilt, other) if next(count) == place else rebuilt
        return result

    return fold(node, visit)
