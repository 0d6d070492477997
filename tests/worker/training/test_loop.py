from dataclasses import replace
from itertools import islice

import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.problems.catalogue import get_problem
from backend.problems.layers import Dropout
from backend.problems.problem import Problem
from tests.worker.training.specifications import EVERYTHING
from worker.training.batches import epochs
from worker.training.loop import Pace, TrainingLoop
from worker.training.network import Network, State
from worker.training.optimizers.scheduled_sgd import plain_sgd
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SEEDS = Seeds(3)
STEADY = replace(
    EVERYTHING,
    augmentation=None,
    layers=tuple(layer for layer in EVERYTHING.layers if not isinstance(layer, Dropout)),
)


def _part(problem: Problem, size: int) -> Part:
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(size, *problem.input_shape)).astype(np.float32)
    return Part(tf.constant(samples), tf.constant(rng.integers(0, problem.classes, size).astype(np.int32)), size)


def _train(loop: TrainingLoop, part: Part, *, count: int, steps_a_call: int) -> tuple[State, list[float]]:
    state, losses = loop.network.initial_state(SEEDS), []
    for groups in islice(epochs(loop.network.problem, part.size, 16, SEEDS), count):
        loop.pace.steps = steps_a_call
        for batches in loop.pace.calls(groups):
            state, steps = loop.train(state, part, batches, np.float32(0.05))
            losses.extend(steps.loss.tolist())
            loop.pace.steps = steps_a_call
    return state, losses


def test_one_step_is_weights_minus_rate_times_gradient() -> None:
    network = Network(EVERYTHING)
    state = network.initial_state(SEEDS)
    part = _part(EVERYTHING, 16)
    plain = replace(EVERYTHING, augmentation=None)
    batches = next(epochs(plain, 16, 16, SEEDS))[0]
    gradient, _, loss, correct = network.gradient(
        state.weights,
        state.kept,
        tf.gather(part.samples, batches.indices[0]),
        tf.gather(part.labels, batches.indices[0]),
    )
    loop = TrainingLoop(Network(plain), plain_sgd)
    after, steps = loop.train(state, part, batches, np.float32(0.1))
    assert np.array_equal(after.weights, state.weights.numpy() - np.float32(0.1) * gradient.numpy())
    assert steps.loss.tolist() == [float(loss)]
    assert steps.correct.tolist() == [int(correct)]


@pytest.mark.parametrize("problem", [get_problem("mnist-1d"), STEADY], ids=lambda problem: problem.name)
def test_two_epochs_are_those_of_keras_fit(problem: Problem) -> None:
    """Tolerance 1e-6: measured were weights equal to the last bit, and losses that differ by 5e-8."""
    part = _part(problem, 75)
    loop = TrainingLoop(Network(problem), plain_sgd)
    state, losses = _train(loop, part, count=2, steps_a_call=100)
    model = _keras_model(problem, loop)
    for epoch, groups in enumerate(islice(epochs(problem, part.size, 16, SEEDS), 2)):
        order = np.concatenate([group.indices.ravel() for group in groups])
        fitted = model.fit(
            part.samples.numpy()[order], part.labels.numpy()[order], batch_size=16, shuffle=False, verbose=0
        )
        ours = np.average(losses[epoch * 5 : epoch * 5 + 5], weights=[16, 16, 16, 16, 11])
        assert ours == pytest.approx(fitted.history["loss"][0], abs=1e-6)
    flat = np.concatenate([value.numpy().ravel() for value in model.trainable_variables])
    assert np.allclose(state.weights.numpy(), flat, atol=1e-6)
    loss, accuracy = loop.measure(state, part, lambda: None)
    keras_loss, keras_accuracy = model.evaluate(part.samples.numpy(), part.labels.numpy(), verbose=0)
    assert loss == pytest.approx(keras_loss, abs=1e-6)
    assert accuracy == pytest.approx(keras_accuracy, abs=1e-6)


def _keras_model(problem: Problem, loop: TrainingLoop) -> keras.Model:
    """The same network, built by hand for Keras's own fit, with the same first weights."""
    stack: list[keras.layers.Layer] = [keras.layers.Input(problem.input_shape)]
    if problem.name == "mnist-1d":
        stack += [keras.layers.Dense(128, "relu"), keras.layers.Dense(64, "relu"), keras.layers.Dense(10)]
    else:
        decay = keras.regularizers.L2(1e-3)
        stack += [
            keras.layers.Conv2D(6, 3, strides=2, padding="same", activation="relu", kernel_regularizer=decay),
            keras.layers.BatchNormalization(),
            keras.layers.Conv2D(5, 3),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(16, "sigmoid", use_bias=False, kernel_regularizer=decay),
            keras.layers.Dense(3),
        ]
    model = keras.Sequential(stack)
    model.compile(
        optimizer=keras.optimizers.SGD(0.05),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=False,
    )
    weights = loop.network.initial_state(SEEDS).weights.numpy()
    start = 0
    for variable in model.trainable_variables:
        size = int(np.prod(variable.shape))
        variable.assign(weights[start : start + size].reshape(variable.shape))
        start += size
    return model


def test_the_number_of_steps_in_a_call_changes_no_bit() -> None:
    loop = TrainingLoop(Network(EVERYTHING), plain_sgd)
    part = _part(EVERYTHING, 75)
    whole, losses = _train(loop, part, count=2, steps_a_call=100)
    for steps_a_call in (1, 3):
        state, same_losses = _train(loop, part, count=2, steps_a_call=steps_a_call)
        assert np.array_equal(state.weights, whole.weights)
        assert all(np.array_equal(*pair) for pair in zip(state.kept, whole.kept, strict=True))
        assert same_losses == losses


def test_a_network_is_traced_once_whatever_is_trained() -> None:
    loop = TrainingLoop(Network(EVERYTHING), plain_sgd)
    for size in (75, 20, 7):
        _train(loop, _part(EVERYTHING, size), count=2, steps_a_call=2)
    assert loop.network.gradient.experimental_get_tracing_count() == 1


def test_all_samples_are_measured_in_pieces_with_a_sign_of_life_after_each() -> None:
    loop = TrainingLoop(Network(STEADY), plain_sgd)
    state, part, signs = loop.network.initial_state(SEEDS), _part(STEADY, 1203), []
    loss, accuracy = loop.measure(state, part, lambda: signs.append(1))
    summed, correct, penalty = loop.network.measure(state.weights, state.kept, part.samples, part.labels)
    assert len(signs) == 3
    assert accuracy == int(correct) / 1203
    assert loss == pytest.approx(float(summed) / 1203 + float(penalty), rel=1e-5)


def test_the_pace_follows_the_clock() -> None:
    pace = Pace()
    assert pace.steps == 1
    pace.learn(1, 0.05)
    assert pace.steps == 20
    pace.learn(20, 60.0)
    assert pace.steps == 1


def test_another_update_uses_the_same_gradient() -> None:
    def sign_descent(weights: tf.Tensor, gradient: tf.Tensor, rate: tf.Tensor) -> tf.Tensor:
        return weights - rate * tf.sign(gradient)

    network = Network(EVERYTHING)
    part = _part(EVERYTHING, 16)
    ends = [
        _train(TrainingLoop(network, update), part, count=1, steps_a_call=9)[0] for update in (plain_sgd, sign_descent)
    ]
    moved = np.abs(ends[1].weights.numpy() - network.initial_state(SEEDS).weights.numpy())
    assert np.allclose(moved[moved > 0], 0.05, atol=1e-6)
    assert not np.array_equal(ends[0].weights, ends[1].weights)
    assert network.gradient.experimental_get_tracing_count() == 1
