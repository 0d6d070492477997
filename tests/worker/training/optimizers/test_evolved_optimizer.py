from itertools import islice
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.expressions.arrays import Floats
from backend.expressions.errors import ExpressionError
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.trace import trace
from backend.problems.catalogue import get_problem
from worker.training.batches import epochs, steps_per_epoch
from worker.training.network import Network, network_of
from worker.training.optimizers.evolved_optimizer import EvolvedOptimizer
from worker.training.optimizers.rule_optimizer import RuleOptimizer
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

COSINE = HUMAN_MADE_RULES["adamw-cosine"].rule(learning_rate=0.01)
SEEDS = Seeds(3)


def _weight_alone(weight: str) -> str:
    return f"x = 0; y = 0; z = 0; weight = {weight}"


def _applied(optimizer: EvolvedOptimizer, network: Network, first: Floats, gradients: Floats) -> Floats:
    """Flat weights before the first and after each step, (steps + 1, weights)."""
    variables = [keras.Variable(value) for value in network.split(first)]
    weights = [first]
    for gradient in gradients:
        optimizer.apply(network.split(gradient), variables)
        weights.append(np.concatenate([variable.numpy().ravel() for variable in variables]))
    return np.array(weights)


@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_its_steps_are_those_of_the_reference(
    name: str, network: Network, first_weights: Floats, gradients: Floats
) -> None:
    """Tolerance 1e-6 on weights of about 1, after every one of 10 steps."""
    rule, few = HUMAN_MADE_RULES[name].rule(), gradients[:10]
    weights = _applied(EvolvedOptimizer(rule.text, total_steps=10), network, first_weights, few)
    np.testing.assert_allclose(weights, trace(rule, few, weights0=first_weights), rtol=0, atol=1e-6)


def test_keras_fit_with_it_and_the_compiled_loop_end_at_the_same_weights() -> None:
    """Tolerance 1e-5 after three epochs: each step's gradient is taken at weights that already differ by rounding."""
    problem, size, batch, count = get_problem("mnist-1d"), 300, 32, 3
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(size, 40)).astype(np.float32)
    labels = rng.integers(0, 10, size).astype(np.int32)
    part, total_steps = Part(tf.constant(samples), tf.constant(labels), size), count * steps_per_epoch(size, batch)
    ours = RuleOptimizer(problem, COSINE, total_steps)
    model = _keras_mlp(network_of(problem), EvolvedOptimizer(COSINE.text, total_steps))
    state = ours.loop.network.initial_state(SEEDS)
    for epoch, groups in enumerate(islice(epochs(problem, size, batch, SEEDS), count)):
        for batches in groups:
            state, _ = ours.train(state, part, batches, epoch)
        order = np.concatenate([group.indices.ravel() for group in groups])
        model.fit(samples[order], labels[order], batch_size=batch, shuffle=False, verbose=0)
        flat = np.concatenate([variable.numpy().ravel() for variable in model.trainable_variables])
        np.testing.assert_allclose(flat, state.weights, rtol=0, atol=1e-5)


def _keras_mlp(network: Network, optimizer: EvolvedOptimizer) -> keras.Model:
    """The network of MNIST-1D with the first weights of the compiled loop."""
    layers = [keras.layers.Dense(128, "relu"), keras.layers.Dense(64, "relu"), keras.layers.Dense(10)]
    model = keras.Sequential([keras.layers.Input((40,)), *layers])
    for variable, value in zip(
        model.trainable_variables, network.split(network.initial_state(SEEDS).weights), strict=True
    ):
        variable.assign(value)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimizer, loss=loss, jit_compile=False)
    return model


def test_it_comes_back_from_its_configuration_the_same(
    network: Network, first_weights: Floats, gradients: Floats
) -> None:
    optimizer = EvolvedOptimizer(COSINE.text, total_steps=5, learning_rate=0.5, clipnorm=1.0)
    back = keras.optimizers.deserialize(keras.optimizers.serialize(optimizer))
    assert isinstance(back, EvolvedOptimizer)
    assert back.get_config() == optimizer.get_config()
    few = gradients[:5]
    before, after = (_applied(each, network, first_weights, few) for each in (optimizer, back))
    assert np.array_equal(before, after)


# Keras 3.15 itself reads its variables in a way that NumPy 2 warns of.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_saved_model_goes_on_where_it_was(tmp_path: Path) -> None:
    model = _keras_mlp(network_of(get_problem("mnist-1d")), EvolvedOptimizer(COSINE.text, total_steps=20))
    rng = np.random.default_rng(1)
    samples, labels = rng.normal(size=(64, 40)).astype(np.float32), rng.integers(0, 10, 64)
    model.fit(samples, labels, shuffle=False, verbose=0)
    model.save(tmp_path / "model.keras")
    models = [model, keras.models.load_model(tmp_path / "model.keras")]
    for each in models:
        each.fit(samples, labels, shuffle=False, verbose=0)
    for pair in zip(*(each.get_weights() for each in models), strict=True):
        assert np.array_equal(*pair)


def test_the_learning_rate_is_a_factor_of_the_change() -> None:
    weight = keras.Variable([1.0, 2.0])
    EvolvedOptimizer(_weight_alone("g"), learning_rate=0.5).apply([keras.ops.ones(2)], [weight])
    assert weight.numpy().tolist() == [0.5, 1.5]


def test_a_weight_without_dimensions_is_changed_as_well() -> None:
    weight = keras.Variable(2.0)
    optimizer = EvolvedOptimizer("x = negative(1); y = 0; z = 0; weight = x * g")
    for _ in range(2):
        optimizer.apply([keras.ops.ones(())], [weight])
    assert weight.numpy() == -1


def test_t_stays_one_after_the_planned_steps() -> None:
    weight, seen = keras.Variable([0.0]), []
    optimizer = EvolvedOptimizer(_weight_alone("w - t"), total_steps=2)
    for _ in range(4):
        optimizer.apply([keras.ops.ones(1)], [weight])
        seen.append(float(weight.numpy()[0]))
    assert seen == [0, 0.5, 1, 1]


def test_variables_of_one_layer_share_its_number() -> None:
    model = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(2), keras.layers.ReLU(), keras.layers.Dense(1)]
    )
    optimizer = EvolvedOptimizer(_weight_alone("w - layer_num / layer_count"))
    optimizer.apply(
        [keras.ops.zeros(variable.shape) for variable in model.trainable_variables], model.trainable_variables
    )
    values = [variable.numpy().mean() for variable in model.trainable_variables]
    assert values == pytest.approx([0.5, 0.5, 1.0, 1.0], abs=1e-6)


def test_a_rule_that_reads_t_needs_the_number_of_steps() -> None:
    with pytest.raises(ValueError, match="total_steps is None; a rule that reads t needs"):
        EvolvedOptimizer(COSINE.text)


def test_a_text_that_is_no_rule_is_refused_with_its_column() -> None:
    with pytest.raises(ExpressionError, match="Column 35: In weight: 'gg'"):
        EvolvedOptimizer("x = 0; y = 0; z = 0; weight = g * gg")
