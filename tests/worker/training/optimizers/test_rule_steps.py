import keras
import numpy as np
import pytest

from backend.expressions.arrays import Floats
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule
from worker.training.network import Network
from worker.training.optimizers.arithmetic import IN_MEMORY, ON_DEVICE, Arithmetic
from worker.training.optimizers.rule_steps import RuleSteps

pytestmark = pytest.mark.training

# Weights are about 1 and below, and float32 knows seven digits.
TOLERANCE = 1e-6
KERAS_OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.01),
    "momentum": lambda: keras.optimizers.SGD(0.01, momentum=0.9),
    "nesterov": lambda: keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.001),
    "adam": lambda: keras.optimizers.Adam(0.001),
    "adagrad": lambda: keras.optimizers.Adagrad(0.001),
    "lion": lambda: keras.optimizers.Lion(0.001),
}


def _weights(steps: RuleSteps, first: Floats, gradients: Floats) -> Floats:
    """Before the first and after each step, (steps + 1, weights)."""
    weights = [first]
    for gradient in gradients:
        weights.append(np.asarray(steps(weights[-1], gradient)))
    return np.array(weights)


@pytest.mark.parametrize("name", KERAS_OPTIMIZERS)
def test_rules_made_by_people_are_step_by_step_what_keras_does(
    name: str, network: Network, first_weights: Floats, gradients: Floats
) -> None:
    """Tolerance 1e-6 after every one of 100 steps: measured were at most 1.2e-7."""
    steps = RuleSteps(HUMAN_MADE_RULES[name].rule(), network, len(gradients), IN_MEMORY)
    ours = _weights(steps, first_weights, gradients)
    variables = [keras.Variable(value) for value in network.split(first_weights)]
    optimizer = KERAS_OPTIMIZERS[name]()
    optimizer.build(variables)
    for gradient, expected in zip(gradients, ours[1:], strict=True):
        optimizer.apply(network.split(gradient), variables)
        flat = np.concatenate([variable.numpy().ravel() for variable in variables])
        np.testing.assert_allclose(flat, expected, rtol=0, atol=TOLERANCE)
    assert np.abs(ours[-1] - first_weights).max() > 1000 * TOLERANCE


@pytest.mark.parametrize("arithmetic", [IN_MEMORY, ON_DEVICE], ids=["NumPy", "Keras"])
@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_steps_are_those_of_the_reference(
    name: str, arithmetic: Arithmetic, network: Network, first_weights: Floats, gradients: Floats
) -> None:
    rule = HUMAN_MADE_RULES[name].rule()
    steps = RuleSteps(rule, network, len(gradients), arithmetic)
    ours = _weights(steps, first_weights, gradients)
    np.testing.assert_allclose(ours, trace(rule, gradients, weights0=first_weights), rtol=0, atol=TOLERANCE)


def _changes(weight: str, network: Network, count: int = 4, total_steps: int = 4) -> Floats:
    """What a rule subtracts at each step from weights of 0, whose gradient is 0: (steps, weights)."""
    steps = RuleSteps(UpdateRule.from_text(f"x = 0; y = 0; z = 0; weight = {weight}"), network, total_steps, IN_MEMORY)
    zeros = np.zeros(network.weights_spec.shape, np.float32)
    return np.array([-np.asarray(steps(zeros, zeros)) for _ in range(count)])


def test_t_is_the_share_of_the_planned_steps_that_is_done(network: Network) -> None:
    assert _changes("t", network)[:, 0].tolist() == [0, 0.25, 0.5, 0.75]


def test_steps_count_from_one(network: Network) -> None:
    assert _changes("step", network)[:, 0].tolist() == [1, 2, 3, 4]


def test_every_weight_knows_its_layer(network: Network) -> None:
    changes = _changes("layer_num + layer_count / 10", network, 1)
    assert np.unique(changes).tolist() == pytest.approx([1.5, 2.5, 3.5, 4.5, 5.5])
    assert np.array_equal(np.floor(changes[0]), network.layer_numbers)


def test_w_is_the_weight_before_the_step(network: Network, first_weights: Floats) -> None:
    steps = RuleSteps(UpdateRule.from_text("x = 0; y = 0; z = 0; weight = w"), network, 1, IN_MEMORY)
    assert not np.asarray(steps(first_weights, first_weights)).any()


def test_no_given_array_is_ever_changed(network: Network, first_weights: Floats, gradients: Floats) -> None:
    weights, gradient = first_weights.copy(), gradients[0].copy()
    steps = RuleSteps(HUMAN_MADE_RULES["adamw-cosine"].rule(), network, 10, IN_MEMORY)
    kept = [np.asarray(steps(weights, gradient)) for _ in range(3)]
    copies = [each.copy() for each in kept]
    steps(kept[-1], gradient)
    assert np.array_equal(weights, first_weights)
    assert np.array_equal(gradient, gradients[0])
    assert np.array_equal(kept, copies)


def test_what_is_no_number_comes_back_without_a_warning(network: Network) -> None:
    changes = _changes("sqrt(0 - 1)", network, 1)
    assert np.isnan(changes).all()
