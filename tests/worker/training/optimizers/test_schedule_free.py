import keras
import numpy as np
import tensorflow as tf

from worker.training.optimizers.schedule_free import ScheduleFreeAdamW

GRADIENTS = np.array([[1.0, -0.5], [0.3, 2.0], [-0.7, 0.1], [0.2, -1.5]], np.float32)
RATE, BETA_1, BETA_2, EPSILON = 0.1, 0.9, 0.999, 1e-8


def test_it_is_the_published_algorithm() -> None:
    """Defazio et al. (2024), algorithm 1 without warm-up and decay: all z have the same weight in x."""
    variable = keras.Variable(np.array([1.0, 2.0], np.float32))
    optimizer = ScheduleFreeAdamW(learning_rate=RATE)
    optimizer.build([variable])
    optimizer.start([variable])
    z = x = variable.numpy().astype(np.float64)
    squares = np.zeros(2)
    for step, gradient in enumerate(GRADIENTS.astype(np.float64), start=1):
        optimizer.apply([tf.constant(gradient, tf.float32)], [variable])
        squares = BETA_2 * squares + (1 - BETA_2) * gradient**2
        z = z - RATE * gradient / (np.sqrt(squares / (1 - BETA_2**step)) + EPSILON)
        x = (1 - 1 / step) * x + z / step
        np.testing.assert_allclose(variable.numpy(), (1 - BETA_1) * z + BETA_1 * x, rtol=1e-5)
        np.testing.assert_allclose(optimizer.averages([variable])[0], x, rtol=1e-5)


def test_it_begins_where_the_weights_are() -> None:
    variable = keras.Variable(np.zeros(2, np.float32))
    optimizer = ScheduleFreeAdamW(learning_rate=RATE)
    optimizer.build([variable])
    variable.assign([1.0, 2.0])
    optimizer.start([variable])
    assert optimizer.averages([variable])[0].numpy().tolist() == [1.0, 2.0]
