"""Random expressions of the language of trees: what their tests share."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.expressions.operators import OPERATORS

# What comes together in the protected points: zeros, what overflows, what exp no longer takes.
_USUAL = st.sampled_from([0.0, 1.0, -1.0, 2.0, 0.001, 0.5, -0.25, 699.0, 700.0, 1e200, -1e308, 5e-324])
_constants = st.builds(Constant, _USUAL | st.floats(allow_nan=False, allow_infinity=False))
_variables = st.sampled_from(sorted(PROGRAM.variables)).map(Variable)


def _calls(numbers: SearchStrategy[Node]) -> SearchStrategy[Node]:
    def applied(name: str) -> SearchStrategy[Node]:
        arguments = [numbers] * OPERATORS[name].arity
        alike = numbers.map(lambda each: Call(name, (each,) * len(arguments)))
        return st.tuples(*arguments).map(lambda drawn: Call(name, drawn)) | alike

    return st.sampled_from(sorted(PROGRAM.operators)).flatmap(applied)


PROGRAMS: SearchStrategy[Node] = st.recursive(_constants | _variables, _calls, max_leaves=15)

# Any loss that a training can report, and the worst ones often.
_LOSSES = st.sampled_from([0.0, 0.01, 1.0, 710.0, 1e200, float("inf"), float("nan")]) | st.floats(0)

VALUES = st.fixed_dictionaries(
    {
        "epoch": st.integers(0, 5).map(float) | st.integers(0, 10**6).map(float),
        "loss": _LOSSES,
        "val_loss": _LOSSES,
        "epoch_share": st.floats(0, 1),
    }
)


def tower(levels: int, leaf: Node = Variable("epoch")) -> Node:  # noqa: B008 - nodes never change
    """Return an expression too deep for recursion: sin(sin(... leaf ...))."""
    for _ in range(levels):
        leaf = Call("sin", (leaf,))
    return leaf
