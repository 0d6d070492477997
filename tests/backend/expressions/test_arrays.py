import numpy as np
import pytest

from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS, Floats, array_constant, evaluate_float32
from backend.expressions.languages import FORMULA
from backend.expressions.nodes import Call, Constant, Variable
from backend.expressions.operators import OPERATORS
from backend.expressions.parse import parse


def _array(*values: float) -> Floats:
    return np.array(values, np.float32)


def test_every_operator_that_a_rule_can_use_is_implemented() -> None:
    assert ARRAY_IMPLEMENTATIONS.keys() == FORMULA.operators


@pytest.mark.parametrize("name", sorted(FORMULA.operators))
def test_an_operator_means_over_arrays_what_it_means_for_one_number(name: str) -> None:
    operator = OPERATORS[name]
    edges = _array(0, -0.0, 1, -1, 0.5, -0.5, 2, 3, np.inf, -np.inf, np.nan, 1e20)
    grids = np.meshgrid(*[edges] * operator.arity)
    with np.errstate(all="ignore"):
        found = ARRAY_IMPLEMENTATIONS[name](*[grid.ravel() for grid in grids])
        expected = [operator.meaning(*map(float, values)) for values in zip(*[g.ravel() for g in grids], strict=True)]
        np.testing.assert_allclose(found, _array(*expected), rtol=3e-7)
    assert found.dtype == np.float32


def test_only_a_division_is_protected() -> None:
    values = {"g": _array(-4, 0, 4)}
    assert evaluate_float32(parse("g / 0", FORMULA), values).tolist() == [0, 0, 0]
    assert np.isnan(evaluate_float32(parse("sqrt(g)", FORMULA), values)).tolist() == [True, False, False]
    assert np.isnan(evaluate_float32(parse("pow(g, 0.3)", FORMULA), values)).tolist() == [True, False, False]
    assert evaluate_float32(parse("pow(g, -1)", FORMULA), values).tolist() == [-0.25, np.inf, 0.25]
    assert evaluate_float32(parse("1e38 * 1e38", FORMULA), {}).tolist() == [np.inf]


def test_a_power_does_not_depend_on_how_often_its_exponent_is_given() -> None:
    base = np.geomspace(1e-12, 1e12, 1000, dtype=np.float32)
    for exponent in (2, 0.5, -1, 1, 0, 3):
        one = ARRAY_IMPLEMENTATIONS["pow"](base, array_constant(exponent))
        many = ARRAY_IMPLEMENTATIONS["pow"](base, np.full(base.shape, exponent, np.float32))
        assert np.array_equal(one, many)
    assert np.array_equal(ARRAY_IMPLEMENTATIONS["pow"](base, array_constant(1)), base)


def test_constants_are_the_nearest_float32_and_variables_of_one_element_serve_all() -> None:
    node = Call("multiply", (Constant(0.1), Call("add", (Variable("t"), Variable("g")))))
    found = evaluate_float32(node, {"t": _array(0.5), "g": _array(1, 2)})
    assert found.tolist() == [float(np.float32(0.1) * np.float32(1.5)), float(np.float32(0.1) * np.float32(2.5))]


def test_a_variable_without_a_value_is_refused() -> None:
    with pytest.raises(KeyError, match="g"):
        evaluate_float32(Variable("g"), {})
