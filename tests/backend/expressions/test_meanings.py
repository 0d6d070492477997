import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.meanings import finite_or
from backend.expressions.operators import OPERATORS, Kind

_EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 710.0, -750.0, 1e200, -1e200, 5e-324]
_EDGES += [math.inf, -math.inf, math.nan]

# NumPy follows IEEE 754; these are the operators of which we promise the same.
_NUMPY = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "negative": np.negative,
    "square": np.square,
    "sqrt": np.sqrt,
    "pow": np.power,
    "exp": np.exp,
    "sin": np.sin,
    "cos": np.cos,
    "min": np.minimum,
    "max": np.maximum,
    "abs": np.abs,
    "sign": np.sign,
    "less": np.less,
    "less_equal": np.less_equal,
    "greater": np.greater,
    "greater_equal": np.greater_equal,
}


@pytest.mark.parametrize("name", _NUMPY)
def test_an_operator_answers_infinities_nan_and_its_poles_as_ieee_754_does(name: str) -> None:
    operator = OPERATORS[name]
    for arguments in product(_EDGES, repeat=operator.arity):
        with np.errstate(all="ignore"):
            # Arrays, because NumPy takes a square root for the scalar exponent 0.5, which differs at -infinity.
            expected = float(_NUMPY[name](*[np.array([each]) for each in arguments])[0])
        found = operator.meaning(*arguments)
        # The last bit of a transcendental function is the library's affair.
        assert found == pytest.approx(expected, rel=1e-15, nan_ok=True), arguments


@pytest.mark.parametrize("name", [each.name for each in OPERATORS.values() if each.takes[0] is Kind.NUMBER])
@given(data=st.data())
def test_no_operator_raises_whatever_floats_it_meets(name: str, data: st.DataObject) -> None:
    operator = OPERATORS[name]
    assert isinstance(operator.meaning(*[data.draw(st.floats()) for _ in operator.takes]), float | bool)


@given(dividend=st.floats())
def test_a_division_by_zero_answers_zero(dividend: float) -> None:
    assert OPERATORS["divide_no_nan"].meaning(dividend, 0.0) == 0.0
    assert OPERATORS["divide_no_nan"].meaning(dividend, -0.0) == 0.0


def test_a_division_by_anything_else_divides() -> None:
    assert OPERATORS["divide_no_nan"].meaning(1.0, 4.0) == 0.25
    assert OPERATORS["divide_no_nan"].meaning(1e308, 1e-308) == math.inf
    assert math.isnan(OPERATORS["divide_no_nan"].meaning(1.0, math.nan))


def test_the_protected_logarithm_takes_the_absolute_value_and_answers_zero_at_zero() -> None:
    log_abs = OPERATORS["log_abs"].meaning
    assert log_abs(0.0) == log_abs(-0.0) == 0.0
    assert log_abs(-math.e) == log_abs(math.e) == 1.0
    assert log_abs(-math.inf) == math.inf
    assert math.isnan(log_abs(math.nan))


def test_the_sign_of_an_overflowing_power_is_that_of_the_exact_result() -> None:
    power = OPERATORS["pow"].meaning
    assert power(-1e200, 3.0) == -math.inf
    assert power(-1e200, 2.0) == math.inf
    assert power(-0.0, -3.0) == -math.inf


def test_a_choice_gives_the_branch_that_its_condition_names() -> None:
    assert OPERATORS["if_func"].meaning(True, 1.0, 2.0) == 1.0
    assert OPERATORS["if_func"].meaning(False, 1.0, 2.0) == 2.0


@given(dividend=st.floats())
def test_a_division_by_zero_can_answer_one(dividend: float) -> None:
    divide = OPERATORS["divide_or_one"].meaning
    assert divide(dividend, 0.0) == divide(dividend, -0.0) == 1.0
    assert divide(3.0, 2.0) == 1.5
    assert divide(1.0, 5e-324) == math.inf


def test_exp_can_end_at_700_before_float64_does() -> None:
    exp = OPERATORS["exp_below_700"].meaning
    assert exp(699.9) == math.exp(699.9)
    assert exp(700.0) == exp(math.inf) == math.inf
    assert exp(-math.inf) == 0.0
    assert math.isnan(exp(math.nan))


@pytest.mark.parametrize(("value", "found"), [(0.5, 0.5), (math.inf, 7.0), (-math.inf, 7.0), (math.nan, 7.0)])
def test_what_is_not_finite_can_be_replaced(value: float, found: float) -> None:
    assert finite_or(value, 7.0) == found
