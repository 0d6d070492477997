from itertools import islice
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.expressions.arrays import Floats
from tests.worker.training.gradients import PROBLEM
from worker.training.batches import epochs
from worker.training.network import Network
from worker.training.optimizers.built_in_optimizer import (
    OPTIMIZERS,
    BuiltInOptimizer,
    BuiltInUpdate,
    built_in_optimizer,
)
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SEEDS = Seeds(3)
SIZE = 75


def _weights(**content: Any) -> Floats:
    """After two epochs."""
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(SIZE, *PROBLEM.input_shape)).astype(np.float32)
    part = Part(tf.constant(samples), tf.constant(rng.integers(0, PROBLEM.classes, SIZE).astype(np.int32)), SIZE)
    optimizer = BuiltInOptimizer(PROBLEM, content)
    state = optimizer.loop.network.initial_state(SEEDS)
    for epoch, groups in enumerate(islice(epochs(PROBLEM, SIZE, 16, SEEDS), 2)):
        for batches in groups:
            state, _ = optimizer.train(state, part, batches, epoch)
    weights: Floats = state.weights.numpy()
    return weights


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_changes_the_flat_weights_as_keras_changes_variables(
    name: str, network: Network, first_weights: Floats, gradients: Floats
) -> None:
    """The same bits, whatever the optimizer makes of the variables' shapes."""
    update = BuiltInUpdate(network, OPTIMIZERS[name]())
    weights = first_weights
    variables = [keras.Variable(value) for value in network.split(weights)]
    optimizer = OPTIMIZERS[name]()
    optimizer.build(variables)
    for gradient in gradients[:5]:
        weights = update(weights, gradient, tf.constant(0.0)).numpy()
        optimizer.apply(network.split(gradient), variables)
        flat = np.concatenate([variable.numpy().ravel() for variable in variables])
        assert np.array_equal(weights, flat)
    assert not np.array_equal(weights, first_weights)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_training_finds_nothing_of_the_one_before(name: str, network: Network, gradients: Floats) -> None:
    update = BuiltInUpdate(network, OPTIMIZERS[name]())
    ends = []
    for _ in range(2):
        update.begin()
        weights = network.initial_state(SEEDS).weights
        for gradient in gradients[:3]:
            weights = update(weights, gradient, tf.constant(0.0))
        ends.append(weights.numpy())
    assert np.array_equal(*ends)


def test_trainings_repeat_each_other_with_others_in_between() -> None:
    nesterov = {"name": "sgd", "configuration": {"learning_rate": 0.01, "momentum": 0.9, "nesterov": True}}
    first = _weights(**nesterov)
    adam = _weights(name="adam", configuration={})
    assert np.array_equal(_weights(**nesterov), first)
    assert not np.array_equal(adam, first)


def test_its_rate_is_the_configured_one_or_keras_own() -> None:
    rates = [
        BuiltInOptimizer(PROBLEM, {"name": "adam", "configuration": configuration}).rate(5)
        for configuration in ({}, {"learning_rate": 0.25})
    ]
    assert rates == [float(np.float32(0.001)), 0.25]


@pytest.mark.parametrize(
    ("name", "configuration", "sentence"),
    [
        ("adem", {}, "There is no built-in optimizer 'adem'; there are adadelta"),
        ("adam", {"learning_rate": "0.1"}, "learning_rate of adam is '0.1'; a number, true, false or null"),
        ("adam", {"learning_rate": {"class_name": "CosineDecay"}}, "learning_rate of adam is"),
        ("adam", {"rho": 0.9}, "rho"),
    ],
)
def test_what_keras_does_not_have_is_refused(name: str, configuration: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        built_in_optimizer(name, configuration)
