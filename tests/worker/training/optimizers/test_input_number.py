import keras
import numpy as np
import pytest
import tensorflow as tf

from worker.training.optimizers.input_number import InputNumber


def _number(value: float) -> InputNumber:
    return InputNumber(tf.constant(value, tf.float64))


@pytest.mark.parametrize("value", [0.9, 0.999, 0.1, 1e-7])
def test_what_is_computed_of_numbers_has_the_bits_of_python(value: float) -> None:
    number = _number(value)
    for mine, pythons in [
        (1 - number, 1 - value),
        (number - 1, value - 1),
        (0.5 + number * 3, 0.5 + value * 3),
        (3 * number + 0.5, 3 * value + 0.5),
        (-number, -value),
        (number * number, value * value),
    ]:
        assert float(mine.value) == pythons


@pytest.mark.parametrize("value", [0.9, 0.999, 0.1])
def test_what_meets_a_tensor_or_a_variable_is_rounded_as_a_number_of_python_is(value: float) -> None:
    tensor, number = tf.constant([0.3, 7.7]), _number(value)
    variable = keras.Variable(tensor)
    for mine, pythons in [
        (tensor * number, tensor * value),
        (number * tensor, value * tensor),
        (variable * (number - 1), variable * (value - 1)),
        (number * variable, value * variable),
        (keras.ops.multiply(tensor, 1 - number), keras.ops.multiply(tensor, 1 - value)),
        (keras.ops.add(keras.ops.sqrt(tensor), number), keras.ops.add(keras.ops.sqrt(tensor), value)),
        (keras.ops.cast(number, "float32"), keras.ops.cast(value, "float32")),
        (keras.ops.power(tensor, -number), keras.ops.power(tensor, -value)),
    ]:
        assert mine.dtype == tf.float32
        assert np.array_equal(mine, pythons)


def test_a_traced_function_reads_it_when_it_runs() -> None:
    held = tf.Variable(0.5, dtype=tf.float64)
    number = InputNumber(held)
    traced = tf.function(lambda tensor: tensor * (1 - number))
    assert float(traced(tf.constant(8.0))) == 4.0
    held.assign(0.25)
    assert float(traced(tf.constant(8.0))) == 6.0
    assert traced.experimental_get_tracing_count() == 1


def test_it_is_there_and_above_0_and_nothing_else_is_known_of_it() -> None:
    number = _number(0.9)
    assert number > 0
    assert number != 0  # type: ignore[comparison-overlap]  # as Keras asks
    assert number
    with pytest.raises(NotImplementedError, match=r"above 0\.5 cannot be known"):
        bool(number > 0.5)
