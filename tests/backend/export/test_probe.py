import numpy as np

from backend.export.probe import standard_probe
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule

_MOMENTUM = UpdateRule.from_text("x = subtract(multiply(0.1, x), g); y = 0; z = 0; weight = multiply(0.01, x)")


def test_the_numbers_are_the_same_every_time() -> None:
    first, second = standard_probe(), standard_probe.__wrapped__()
    assert (first.gradients == second.gradients).all()
    assert (first.weights == second.weights).all()


def test_the_numbers_are_float32_for_parameters_of_several_shapes_and_layers() -> None:
    probe = standard_probe()
    count = sum(each.size for each in probe.parameters)
    assert probe.gradients.shape == (probe.steps, count) == (50, 17)
    assert probe.weights.shape == (count,)
    assert probe.gradients.dtype == probe.weights.dtype == np.float32
    assert {len(each.shape) for each in probe.parameters} == {0, 2}
    assert {each.layer for each in probe.parameters} == {1, 2}


def test_protected_points_are_among_the_numbers() -> None:
    probe = standard_probe()
    assert (probe.gradients == 0).all(axis=0).any()
    assert ((probe.gradients == 0).any(axis=0) & (probe.gradients != 0).any(axis=0)).any()
    assert (probe.weights == 0).sum() >= len(probe.weights) // 2


def test_expected_weights_are_those_of_the_trace() -> None:
    probe = standard_probe()
    assert (probe.expected(_MOMENTUM) == trace(_MOMENTUM, probe.gradients, weights0=probe.weights)).all()


def test_every_parameter_knows_its_layer() -> None:
    rule = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = add(multiply(10, layer_count), layer_num)")
    changed = standard_probe().weights - standard_probe().expected(rule)[1]
    np.testing.assert_allclose(changed, [21] * 16 + [22], rtol=1e-6)


def test_float64_differs_by_rounding_alone() -> None:
    probe = standard_probe()
    rule = UpdateRule.from_text(
        "x = multiply(0.1, subtract(x, g)); y = add(x, t); z = multiply(step, 0.001);"
        "weight = add(multiply(0.01, x), multiply(multiply(0.0001, w), add(z, multiply(y, layer_num))))"
    )
    expected, exact = probe.expected(rule), probe.in_float64(rule)
    assert exact.dtype == np.float64
    assert (expected != exact).any()
    np.testing.assert_allclose(expected, exact, rtol=1e-4, atol=1e-6)
