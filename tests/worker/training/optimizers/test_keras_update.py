import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.expressions.arrays import Floats
from worker.training.network import Network
from worker.training.optimizers.keras_update import KerasUpdate
from worker.training.optimizers.schedule_free import ScheduleFreeAdamW


@pytest.mark.parametrize("elementwise", [True, False])
def test_the_rate_is_that_of_the_step(
    network: Network, first_weights: Floats, gradients: Floats, elementwise: bool
) -> None:
    update = KerasUpdate(network, keras.optimizers.SGD(0.5), elementwise=elementwise, inputs=())
    update.begin(first_weights, {})
    for rate in (np.float32(0.1), np.float32(0.02)):
        after = update(first_weights, gradients[0], tf.constant(rate))
        assert np.array_equal(after, first_weights - rate * gradients[0])


def test_one_flat_variable_gives_the_bits_of_many(network: Network, first_weights: Floats, gradients: Floats) -> None:
    ends = []
    for elementwise in (True, False):
        update = KerasUpdate(network, keras.optimizers.Adam(), elementwise=elementwise, inputs=("beta_1",))
        update.begin(first_weights, {"beta_1": 0.8})
        weights = first_weights
        for gradient in gradients[:4]:
            weights = update(weights, gradient, tf.constant(0.01)).numpy()
        ends.append(weights)
    assert np.array_equal(ends[0], ends[1])


@pytest.mark.parametrize("elementwise", [True, False])
def test_a_schedule_free_training_begins_at_the_weights_and_measures_their_mean(
    network: Network, first_weights: Floats, gradients: Floats, elementwise: bool
) -> None:
    """After the first step, the mean and the weights that were moved are the same."""
    update = KerasUpdate(network, ScheduleFreeAdamW(), elementwise=elementwise, inputs=())
    update.begin(first_weights, {})
    np.testing.assert_allclose(update.measured(first_weights), first_weights, atol=1e-6)
    one = update(first_weights, gradients[0], tf.constant(0.01))
    np.testing.assert_allclose(update.measured(one), one, atol=1e-6)
    two = update(one, gradients[1], tf.constant(0.01))
    assert not np.allclose(update.measured(two), two, atol=1e-4)
