"""Gradients of a small network with biases, a convolution and batch normalisation, as a training meets them."""

from dataclasses import replace

import numpy as np

from backend.expressions.arrays import Floats
from tests.worker.training.specifications import EVERYTHING
from worker.training.network import Network
from worker.training.seeds import Seeds

BATCH = 16
PROBLEM = replace(EVERYTHING, augmentation=None)


def recorded_gradients(network: Network, steps: int) -> Floats:
    """Of steps down from the network's first weights, by (steps, weights): dropout, L2 penalty and all."""
    rng = np.random.default_rng(1)
    state = network.initial_state(Seeds(1))
    weights, kept = state.weights.numpy(), state.kept
    gradients = np.empty((steps, len(weights)), np.float32)
    for step in range(steps):
        samples = rng.normal(size=(BATCH, *PROBLEM.input_shape)).astype(np.float32)
        labels = rng.integers(0, PROBLEM.classes, BATCH).astype(np.int32)
        gradient, kept, _, _ = network.gradient(weights, kept, samples, labels)
        gradients[step] = gradient.numpy()
        weights = weights - np.float32(0.05) * gradients[step]
    return gradients
