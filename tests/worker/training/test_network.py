from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.problems.catalogue import get_problem, problem_names
from backend.problems.layers import Dense
from backend.problems.problem import layer_parameters, parameter_count, trainable_parameter_count
from tests.worker.training.specifications import EVERYTHING
from worker.training.network import Network, network_of
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SAMPLES = tf.constant(np.random.default_rng(1).normal(size=(12, *EVERYTHING.input_shape)).astype(np.float32))
LABELS = tf.constant(np.arange(12, dtype=np.int32) % 3)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(EVERYTHING)


def test_the_same_seed_gives_the_same_state_and_another_seed_another(network: Network) -> None:
    first, again, other = (network.initial_state(Seeds(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.weights, again.weights)
    assert all(np.array_equal(*pair) for pair in zip(first.kept, again.kept, strict=True))
    assert not np.array_equal(first.weights, other.weights)


def test_the_network_of_a_problem_is_built_once() -> None:
    assert network_of(EVERYTHING) is network_of(replace(EVERYTHING))


def test_two_networks_of_a_problem_start_from_the_same_state(network: Network) -> None:
    states = [each.initial_state(Seeds(1)) for each in (network, Network(EVERYTHING))]
    assert np.array_equal(states[0].weights, states[1].weights)


@pytest.mark.parametrize("name", ["mnist-1d", "digits", "fashion-mnist"])
def test_keras_counts_as_many_parameters_as_the_declaration(name: str) -> None:
    problem = get_problem(name)
    state = Network(problem).initial_state(Seeds(1))
    assert state.weights.shape == (trainable_parameter_count(problem),)
    assert parameter_count(problem) == trainable_parameter_count(problem)


def test_kept_statistics_are_counted_as_declared(network: Network) -> None:
    state = network.initial_state(Seeds(1))
    assert state.weights.shape == (trainable_parameter_count(EVERYTHING),)
    statistics = sum(kept.shape[0] for kept in state.kept if kept.dtype == tf.float32)
    assert statistics == sum(count.frozen for count in layer_parameters(EVERYTHING))


def test_uniform_initial_weights_and_biases_stay_within_the_root_of_the_inputs() -> None:
    weights = Network(get_problem("mnist-1d")).initial_state(Seeds(1)).weights.numpy()
    first_layer, second_layer = weights[: 41 * 128], weights[41 * 128 : 41 * 128 + 129 * 64]
    for values, inputs in ((first_layer, 40), (second_layer, 128)):
        assert np.abs(values).max() <= inputs**-0.5
        assert np.abs(values).max() > 0.99 * inputs**-0.5
    biases = first_layer[40 * 128 :]
    assert len(np.unique(biases)) == 128


def test_glorot_and_he_weights_have_keras_deviations_and_zero_biases() -> None:
    weights = Network(get_problem("fashion-mnist")).initial_state(Seeds(1)).weights.numpy()
    dense = weights[320 + 18_496 : 320 + 18_496 + 9216 * 128]
    assert np.abs(dense).max() <= np.sqrt(6 / (9216 + 128))
    assert not weights[288:320].any()
    he = replace(EVERYTHING, layers=(*EVERYTHING.layers[:-1], Dense(3, "softmax", initializer="he_normal")))
    kernel = Network(he).initial_state(Seeds(1)).weights.numpy()[: 9 * 2 * 6]
    assert 0.8 < kernel.std() / np.sqrt(2 / 18) < 1.2


def test_a_flat_vector_is_split_into_the_shapes_of_the_layers(network: Network) -> None:
    flat = network.initial_state(Seeds(1)).weights
    pieces = network.split(flat)
    assert [piece.shape for piece in pieces[:4]] == [(3, 3, 2, 6), (6,), (6,), (6,)]
    assert [piece.shape for piece in pieces] == [variable.shape for variable in network.new_variables()]
    assert np.array_equal(np.concatenate([piece.numpy().ravel() for piece in pieces]), flat)


def test_every_weight_has_the_number_of_its_layer_among_those_with_weights(network: Network) -> None:
    numbers = network.layer_numbers
    sizes = [count.trainable for count in layer_parameters(EVERYTHING) if count.trainable]
    assert network.layer_count == len(sizes) == 5
    assert [int(np.sum(numbers == number)) for number in range(1, 6)] == sizes
    assert (np.diff(numbers) >= 0).all()


def test_nobody_gets_the_variables_that_networks_start_from(network: Network) -> None:
    before = network.initial_state(Seeds(1)).weights.numpy()
    for variable in network.new_variables():
        variable.assign(tf.ones(variable.shape) * 7)
    assert np.array_equal(network.initial_state(Seeds(1)).weights, before)


def test_dropout_and_statistics_are_part_of_the_state(network: Network) -> None:
    state = network.initial_state(Seeds(1))
    first = network.gradient(state.weights, state.kept, SAMPLES, LABELS)
    again = network.gradient(state.weights, state.kept, SAMPLES, LABELS)
    after = network.gradient(state.weights, first[1], SAMPLES, LABELS)
    assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[0], after[0])


def test_measuring_uses_no_dropout_and_changes_nothing(network: Network) -> None:
    state = network.initial_state(Seeds(1))
    first = [float(number) for number in network.measure(state.weights, state.kept, SAMPLES, LABELS)]
    assert first == [float(number) for number in network.measure(state.weights, state.kept, SAMPLES, LABELS)]


def test_batches_of_any_size_are_served_by_one_trace(network: Network) -> None:
    state = network.initial_state(Seeds(1))
    for size in (12, 5, 1):
        network.gradient(state.weights, state.kept, SAMPLES[:size], LABELS[:size])
        network.measure(state.weights, state.kept, SAMPLES[:size], LABELS[:size])
    assert network.gradient.experimental_get_tracing_count() == 1
    assert network.measure.experimental_get_tracing_count() == 1


def test_the_loss_contains_the_l2_penalty(network: Network) -> None:
    state = network.initial_state(Seeds(1))
    _, _, penalty = network.measure(state.weights, state.kept, SAMPLES, LABELS)
    weights = state.weights.numpy()
    convolution = weights[: 9 * 2 * 6]
    # The five values that are left of an image, then the last layer.
    dense = weights[-(16 * 3 + 3) - 5 * 16 : -(16 * 3 + 3)]
    assert float(penalty) == pytest.approx(1e-3 * (np.sum(convolution**2) + np.sum(dense**2)), rel=1e-5)


def test_an_answer_from_numbers_that_are_none_is_never_right() -> None:
    network = Network(get_problem("mnist-1d"))
    state = network.initial_state(Seeds(1))
    signals = tf.zeros((10, 40))
    _, correct, _ = network.measure(state.weights * np.nan, state.kept, signals, tf.range(10))
    assert int(correct) == 0


def test_a_network_that_does_not_end_with_a_softmax_over_the_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="must end with a softmax of 3 units"):
        Network(replace(EVERYTHING, layers=EVERYTHING.layers[:-1]))


def test_every_declared_network_can_be_built_by_keras() -> None:
    for name in problem_names():
        assert Network(get_problem(name)).weights_spec.shape == (trainable_parameter_count(get_problem(name)),)
    keras.backend.clear_session()
