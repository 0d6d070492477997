import pytest

from backend.expressions.arrays import Floats
from tests.worker.training.gradients import PROBLEM, recorded_gradients
from worker.training.network import Network, network_of
from worker.training.seeds import Seeds


@pytest.fixture(scope="session")
def network() -> Network:
    """A network with biases, a convolution and batch normalisation."""
    return network_of(PROBLEM)


@pytest.fixture(scope="session")
def first_weights(network: Network) -> Floats:
    """What its training starts from, as a flat vector."""
    weights: Floats = network.initial_state(Seeds(1)).weights.numpy()
    return weights


@pytest.fixture(scope="session")
def gradients(network: Network) -> Floats:
    """Of a hundred steps of a training, (100, weights)."""
    return recorded_gradients(network, 100)
