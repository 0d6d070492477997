import numpy as np
import pytest
from hypothesis import given

from backend.expressions.arrays import Floats
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules


def _column(*values: float) -> Floats:
    return np.array(values, np.float32)[:, None]


def _weights(text: str, *gradients: float, weight: float = 0.0) -> list[float]:
    found = trace(UpdateRule.from_text(text), _column(*gradients), weights0=np.array([weight], np.float32))
    return [float(each) for each in found[:, 0]]


def test_each_function_sees_the_new_values_of_the_states_before_it() -> None:
    # x counts up by g, y takes x's new value, z takes y's, and the weight goes down by z.
    text = "x = negative(g); y = subtract(y, x); z = subtract(z, y); weight = z"
    assert _weights(text, 1, 1, 1, weight=10) == [10, 9, 7, 4]


def test_a_state_starts_at_zero_and_minus_one_counts_the_steps() -> None:
    assert _weights("x = 0; y = 0; z = -1; weight = z", 0, 0, 0) == [0, -1, -3, -6]
    assert _weights("x = 0; y = 0; z = 0; weight = step", 0, 0, 0) == [0, -1, -3, -6]


def test_the_weight_is_read_as_it_is_before_the_update() -> None:
    assert _weights("x = 0; y = 0; z = 0; weight = multiply(0.5, w)", 0, 0, weight=8) == [8, 4, 2]


def test_t_is_the_share_that_is_done_before_each_step_unless_it_is_given() -> None:
    rule = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = t")
    assert trace(rule, _column(0, 0, 0, 0))[:, 0].tolist() == [0, 0, -0.25, -0.75, -1.5]
    assert trace(rule, _column(0, 0), t=np.array([0.5, 1], np.float32))[:, 0].tolist() == [0, -0.5, -1.5]
    with pytest.raises(ValueError, match="one value for each of the 2 steps"):
        trace(rule, _column(0, 0), t=np.array([0.5], np.float32))


def test_the_depth_is_given() -> None:
    rule = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = divide_no_nan(layer_num, layer_count)")
    assert trace(rule, _column(0), layer=(1, 4))[-1, 0] == -0.25


def test_nothing_is_protected_but_a_division() -> None:
    assert _weights("x = 0; y = 0; z = 0; weight = divide_no_nan(1, g)", 0, 2) == [0, 0, -0.5]
    assert np.isnan(_weights("x = 0; y = 0; z = 0; weight = sqrt(g)", -1)[-1])
    assert np.isnan(_weights("x = 0; y = 0; z = 0; weight = pow(g, 0.5)", -1)[-1])
    assert _weights("x = 0; y = 0; z = 0; weight = pow(g, -1)", 0)[-1] == -np.inf


def test_it_computes_in_float32() -> None:
    found = trace(HUMAN_MADE_RULES["sgd"].rule(), _column(0.3))
    assert found.dtype == np.float32
    assert found[-1, 0] == -(np.float32(0.01) * np.float32(0.3))


@given(rule=rules())
def test_elements_do_not_depend_on_each_other(rule: UpdateRule) -> None:
    gradients = np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32)
    together = trace(rule, gradients)
    alone = np.concatenate([trace(rule, gradients[:, index : index + 1]) for index in range(6)], axis=1)
    np.testing.assert_allclose(together, alone, rtol=1e-6)


def test_ades_converges_on_quadratics_as_evolved_and_diverges_as_printed() -> None:
    for name, converges in (("ades", True), ("ades-printed", False)):
        rule = HUMAN_MADE_RULES[name].rule(beta_1=0.87621, beta_2=0.76132)
        weight, gradients = 1.0, list[float]()
        for _ in range(100):
            gradients.append(2.0 * weight)
            weight = float(trace(rule, _column(*gradients), weights0=np.ones(1, np.float32))[-1, 0])
            if not abs(weight) < 1e6:
                break
        assert (abs(weight) < 0.1) == converges
