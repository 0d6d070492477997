import inspect
from itertools import islice
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from backend.expressions.arrays import Floats
from backend.phenotypes.built_in_arguments import BUILT_IN_ARGUMENTS
from tests.worker.training.gradients import PROBLEM
from worker.training.batches import epochs
from worker.training.network import Network, State
from worker.training.optimizers.built_in_optimizer import (
    OPTIMIZERS,
    BuiltInOptimizer,
    built_in_loop,
    built_in_optimizer,
    divided,
    new_update,
)
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.scheduled_sgd import ScheduledSGD
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SEEDS = Seeds(3)
SIZE = 75


def _state(optimizer: Optimizer) -> State:
    """After two epochs."""
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(SIZE, *PROBLEM.input_shape)).astype(np.float32)
    part = Part(tf.constant(samples), tf.constant(rng.integers(0, PROBLEM.classes, SIZE).astype(np.int32)), SIZE)
    state = optimizer.loop.network.initial_state(SEEDS)
    for epoch, groups in enumerate(islice(epochs(PROBLEM, SIZE, 16, SEEDS), 2)):
        for batches in groups:
            state, _ = optimizer.train(state, part, batches, epoch)
    return state


def _end(optimizer: Optimizer) -> Floats:
    weights: Floats = _state(optimizer).weights.numpy()
    return weights


def _weights(**content: Any) -> Floats:
    return _end(BuiltInOptimizer(PROBLEM, content))


# Every input that each optimizer has, at values that are not exact in float32.
CONFIGURED: dict[str, dict[str, float | bool | None]] = {
    "adamw": {"learning_rate": 0.003, "beta_1": 0.87, "beta_2": 0.91, "epsilon": 1e-5, "weight_decay": 0.07},
    "adam": {"beta_1": 0.87, "beta_2": 0.91, "epsilon": 1e-5, "amsgrad": True, "weight_decay": 0.1},
    "lion": {"learning_rate": 0.003, "beta_1": 0.87, "beta_2": 0.91, "weight_decay": 0.1},
    "muon": {"momentum": 0.87, "adam_beta_1": 0.87, "adam_weight_decay": 0.1, "weight_decay": 0.07, "rms_rate": 0.3},
    "nadam": {"beta_1": 0.87, "beta_2": 0.91, "epsilon": 1e-5},
    "rmsprop": {"rho": 0.87, "momentum": 0.3, "epsilon": 1e-5, "centered": True},
    "schedule_free_adamw": {"beta_1": 0.87, "beta_2": 0.91, "warmup_steps": 3, "weight_decay": 0.1},
    "sgd": {"learning_rate": 0.05, "momentum": 0.87, "nesterov": True, "clipnorm": 0.3},
}


@pytest.mark.parametrize(
    ("name", "configuration"), [*((name, {}) for name in OPTIMIZERS), *CONFIGURED.items(), ("sgd", {"momentum": 0.9})]
)
def test_it_changes_the_flat_weights_as_keras_changes_variables(
    name: str, configuration: dict[str, float | bool | None], network: Network, first_weights: Floats, gradients: Floats
) -> None:
    """The same bits, whatever the optimizer makes of the variables' shapes; once begun with other constants, too."""
    arguments = divided(name, configuration)
    update = new_update(network, name, arguments.structure)
    variables = network.new_variables()
    for variable, value in zip(variables, network.split(first_weights), strict=True):
        variable.assign(value)
    optimizer = built_in_optimizer(name, configuration)
    optimizer.build(variables)
    update.begin(first_weights, dict.fromkeys(arguments.inputs, 0.25))
    update(first_weights, gradients[7], tf.constant(0.1))
    update.begin(first_weights, arguments.inputs)
    weights = first_weights
    for gradient in gradients[:5]:
        weights = update(weights, gradient, arguments.learning_rate).numpy()
        optimizer.apply(network.split(gradient), variables)
        flat = np.concatenate([variable.numpy().ravel() for variable in variables])
        assert np.array_equal(weights, flat)
    assert not np.array_equal(weights, first_weights)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_training_finds_nothing_of_the_one_before(name: str, network: Network, gradients: Floats) -> None:
    arguments = divided(name, {})
    update = new_update(network, name, arguments.structure)
    ends = []
    for _ in range(2):
        weights = network.initial_state(SEEDS).weights
        update.begin(weights, arguments.inputs)
        for gradient in gradients[:3]:
            weights = update(weights, gradient, arguments.learning_rate)
        ends.append(weights.numpy())
    assert np.array_equal(*ends)


@pytest.mark.parametrize(
    ("name", "configurations"),
    [
        ("adamw", [{"learning_rate": 10.0**-k, "beta_1": 1 - 0.1 * k, "weight_decay": 0.01 * k} for k in range(1, 6)]),
        ("sgd", [{"learning_rate": 0.01 * k, "momentum": 0.15 * k, "nesterov": True} for k in range(1, 6)]),
        ("schedule_free_adamw", [{"learning_rate": 0.01, "warmup_steps": k} for k in range(1, 6)]),
        ("muon", [{"momentum": 0.15 * k, "adam_weight_decay": 0.1 * k} for k in range(1, 6)]),
    ],
)
def test_a_loop_is_traced_once_for_all_constants_of_an_optimizer(
    name: str, configurations: list[dict[str, float]]
) -> None:
    ends = {_weights(name=name, configuration=configuration).tobytes() for configuration in configurations}
    structures = {divided(name, configuration).structure for configuration in configurations}
    assert len(ends) == 5
    assert [built_in_loop(PROBLEM, name, structure)[0].traces for structure in structures] == [1]


def test_a_constant_that_is_zero_leaves_its_state_out() -> None:
    with_it, without = (divided("sgd", {"momentum": momentum}) for momentum in (0.5, 0.0))
    assert (with_it.inputs, without.inputs) == ({"momentum": 0.5}, {})
    assert with_it.structure != without.structure


def test_a_whole_number_from_json_is_the_float_that_it_was() -> None:
    assert divided("sgd", {"learning_rate": 1, "momentum": 1}) == divided(
        "sgd", {"learning_rate": 1.0, "momentum": 1.0}
    )


def test_rates_of_epochs_are_those_that_the_steps_are_made_at() -> None:
    """Of plain gradient descent, the bits of a schedule's training."""
    rates = np.array([0.05, 0.02], np.float32)
    built_in = BuiltInOptimizer(PROBLEM, {"name": "sgd", "configuration": {}}, rates)
    assert [built_in.rate(epoch) for epoch in range(2)] == [float(rate) for rate in rates]
    assert np.array_equal(_end(built_in), _end(ScheduledSGD(PROBLEM, rates)))
    assert not np.array_equal(_end(built_in), _weights(name="sgd", configuration={"learning_rate": 0.05}))


def test_a_rate_and_rates_of_epochs_are_refused_together() -> None:
    with pytest.raises(ValueError, match="adam has a learning_rate and rates of epochs"):
        BuiltInOptimizer(PROBLEM, {"name": "adam", "configuration": {"learning_rate": 0.1}}, np.ones(2, np.float32))


def test_muon_leaves_the_last_layer_to_adamw(network: Network) -> None:
    """As its authors say; what is no matrix is left to AdamW anyway."""
    optimizer, variables = built_in_optimizer("muon", {}), network.new_variables()
    optimizer.build(variables)
    by_muon = [velocity is None for velocity in optimizer.adam_velocities]
    matrices = [len(variable.shape) == 2 for variable in variables]
    last = len(variables) - 2  # before its bias
    assert matrices[last]
    assert by_muon == [matrix and place != last for place, matrix in enumerate(matrices)]


def test_of_a_schedule_free_training_the_mean_is_measured() -> None:
    optimizer = BuiltInOptimizer(PROBLEM, {"name": "schedule_free_adamw", "configuration": {"learning_rate": 0.01}})
    trained = _state(optimizer)
    measured = optimizer.measured(trained)
    assert not np.allclose(measured.weights, trained.weights, atol=1e-4)
    adam = BuiltInOptimizer(PROBLEM, {"name": "adam", "configuration": {}})
    assert adam.measured(trained).weights is trained.weights


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


def test_the_backend_knows_kerass_optimizers_and_every_argument_that_is_a_number() -> None:
    # Whole numbers and words cannot be constants, and nothing here scales losses.
    other = {"self", "name", "kwargs", "exclude_layers", "exclude_embeddings", "ns_steps", "loss_scale_factor"}
    other |= {"ema_overwrite_frequency", "gradient_accumulation_steps"}
    for name, optimizer in OPTIMIZERS.items():
        assert BUILT_IN_ARGUMENTS[name] == inspect.signature(optimizer.__init__).parameters.keys() - other
    assert BUILT_IN_ARGUMENTS.keys() == OPTIMIZERS.keys()


@pytest.mark.parametrize("name", BUILT_IN_ARGUMENTS)
def test_every_argument_may_be_a_number(name: str) -> None:
    usual = inspect.signature(OPTIMIZERS[name].__init__).parameters
    for argument in sorted(BUILT_IN_ARGUMENTS[name]):
        assert divided(name, {argument: float(usual[argument].default or 0.5)}).structure
