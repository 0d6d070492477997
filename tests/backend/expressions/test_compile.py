from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from backend.expressions.compile import compile_expression
from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM, SCHEDULE
from backend.expressions.nodes import Call, Node, Variable
from backend.expressions.operators import OPERATORS
from backend.expressions.parse import parse
from tests.backend.programs import PROGRAMS, VALUES

_MEANINGS = {name: operator.meaning for name, operator in OPERATORS.items()}
_values = st.fixed_dictionaries({"epoch": st.floats(), "learning_rate": st.floats()})


@given(node=..., values=_values)
def test_a_compiled_expression_has_the_value_that_evaluating_gives_to_the_last_bit(
    node: Node, values: dict[str, float]
) -> None:
    compiled = compile_expression(node, _MEANINGS, float)
    assert compiled(values).hex() == evaluate(node, values).hex()


def _where(
    condition: NDArray[np.bool_], then: NDArray[np.float32], otherwise: NDArray[np.float32]
) -> NDArray[np.float32]:
    return np.where(condition, then, otherwise)


def test_other_implementations_compute_over_arrays() -> None:
    arrays: dict[str, Callable[..., NDArray[np.float32]]] = {
        "if_func": _where,
        "less": np.less,
        "multiply": np.multiply,
    }
    expression = parse("if_func(epoch < 2, 0.5, multiply(epoch, 0.25))", SCHEDULE)
    compiled = compile_expression(expression, arrays, lambda value: np.asarray(value, dtype=np.float32))
    assert list(compiled({"epoch": np.arange(4, dtype=np.float32)})) == [0.5, 0.5, 0.5, 0.75]


def test_an_operator_without_implementation_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(KeyError, match="sin"):
        compile_expression(parse("sin(epoch)", SCHEDULE), {}, float)


def test_an_expression_too_deep_for_nested_functions_still_computes() -> None:
    node: Node = Variable("epoch")
    for _ in range(20_000):
        node = Call("negative", (node,))
    assert compile_expression(node, _MEANINGS, float)({"epoch": 3.0}) == 3.0


@given(node=PROGRAMS, values=VALUES)
def test_what_a_language_replaces_is_replaced_in_the_compiled_expression_too(
    node: Node, values: dict[str, float]
) -> None:
    compiled = compile_expression(node, PROGRAM.meanings, float)
    assert compiled(values).hex() == evaluate(node, values, PROGRAM).hex()
