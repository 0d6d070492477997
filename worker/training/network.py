"""A declared network as pure functions: state in, state out, nothing kept inside.

Keras says what a layer does; the numbers of a network live in a `State` that is passed through. So one network,
traced once, serves any number of evaluations, and none can leave anything behind for the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import prod

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from backend.problems.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, Initializer, Layer, MaxPool
from backend.problems.problem import Problem
from worker.training.seeds import Seeds, Stream

LAST_LAYER = "last_layer"


@dataclass(frozen=True, eq=False)
class State:
    """All numbers of a network. Tensors never change, so keeping a state is keeping a reference.

    `weights` is the flat vector of all that the gradient changes, (trainable parameters,) float32; `kept` are
    the running statistics of batch normalisation and the positions of the dropout generators.
    """

    weights: tf.Tensor
    kept: tuple[tf.Tensor, ...]


class Network:
    """The network of a problem. Functions take batches of any size without being traced again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._model = _build(problem)
        self._shapes = [tuple(variable.shape) for variable in self._model.trainable_variables]
        self._kept = self._model.non_trainable_variables
        self.weights_spec = tf.TensorSpec([sum(prod(shape) for shape in self._shapes)], tf.float32)
        self.kept_spec = tuple(tf.TensorSpec(value.shape, value.dtype) for value in self._kept)
        self.samples_spec = tf.TensorSpec([None, *problem.input_shape], tf.float32)
        self.labels_spec = tf.TensorSpec([None], tf.int32)
        signature = [self.weights_spec, self.kept_spec, self.samples_spec, self.labels_spec]
        self.gradient = tf.function(self._gradient, input_signature=signature, autograph=False)
        self.measure = tf.function(self._measure, input_signature=signature, autograph=False)

    def initial_state(self, seeds: Seeds) -> State:
        """The state before the first step, drawn from the evaluation's seed."""
        draws = seeds.integers(Stream.WEIGHTS, len(self._shapes))
        weights = list(_initial_weights(self._model, self.problem, iter(draws)))
        dropout = seeds.integers(Stream.DROPOUT, len(self._kept))
        kept = [_initial_kept(variable, seed) for variable, seed in zip(self._kept, dropout, strict=True)]
        return State(tf.concat(weights, axis=0), tuple(kept))

    def split(self, flat: tf.Tensor) -> list[tf.Tensor]:
        """The pieces of a flat vector, in the shapes of the trainable variables."""
        pieces = tf.split(flat, [prod(shape) for shape in self._shapes])
        return [tf.reshape(piece, shape) for piece, shape in zip(pieces, self._shapes, strict=True)]

    def new_variables(self) -> list[keras.Variable]:
        """Variables like the trainable ones, in the order of the flat vector, for who cannot do without.

        The paths of those of the last layer begin with LAST_LAYER.
        """
        last = {id(variable) for variable in self._model.layers[-1].trainable_variables}
        made = []
        for variable in self._model.trainable_variables:
            with keras.name_scope(LAST_LAYER if id(variable) in last else "hidden"):
                made.append(keras.Variable(tf.zeros(variable.shape), name=variable.name))
        return made

    def new_flat_variable(self) -> keras.Variable:
        """One variable for all of them, like the flat vector."""
        return keras.Variable(tf.zeros(self.weights_spec.shape), name="weights")

    @property
    def layer_count(self) -> int:
        """How many layers have weights."""
        return len(self._layer_sizes)

    @cached_property
    def layer_numbers(self) -> NDArray[np.float32]:
        """For every weight, the number of its layer among those with weights, from 1: like the flat vector."""
        return np.repeat(np.arange(1, self.layer_count + 1, dtype=np.float32), self._layer_sizes)

    @property
    def _layer_sizes(self) -> list[int]:
        layers = [layer.trainable_variables for layer in self._model.layers]
        return [sum(prod(variable.shape) for variable in variables) for variables in layers if variables]

    def _gradient(
        self, weights: tf.Tensor, kept: tuple[tf.Tensor, ...], samples: tf.Tensor, labels: tf.Tensor
    ) -> tuple[tf.Tensor, tuple[tf.Tensor, ...], tf.Tensor, tf.Tensor]:
        """Of one batch, in training: gradient of the loss as a flat vector, new `kept`, loss, correct answers.

        The loss is the mean cross-entropy of the batch plus the L2 penalty.
        """
        with tf.GradientTape() as tape:
            tape.watch(weights)
            logits, new_kept, penalty = self._forward(weights, kept, samples, training=True)
            loss = tf.reduce_mean(_cross_entropy(logits, labels)) + penalty
        return tape.gradient(loss, weights), new_kept, loss, _correct(logits, labels)

    def _measure(
        self, weights: tf.Tensor, kept: tuple[tf.Tensor, ...], samples: tf.Tensor, labels: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Of samples, not in training: sum of the cross-entropy, correct answers, L2 penalty."""
        logits, _, penalty = self._forward(weights, kept, samples, training=False)
        return tf.reduce_sum(_cross_entropy(logits, labels)), _correct(logits, labels), penalty

    def _forward(
        self, weights: tf.Tensor, kept: tuple[tf.Tensor, ...], samples: tf.Tensor, *, training: bool
    ) -> tuple[tf.Tensor, tuple[tf.Tensor, ...], tf.Tensor]:
        logits, new_kept, penalties = self._model.stateless_call(
            self.split(weights), list(kept), samples, training=training, return_losses=True
        )
        return logits, tuple(new_kept), tf.add_n(penalties) if penalties else tf.constant(0.0)


# A network of nine million weights takes tens of megabytes; a worker rarely serves more than two problems.
@lru_cache(maxsize=2)
def network_of(problem: Problem) -> Network:
    """The network of a problem, built and traced once in a process, whatever trains it."""
    return Network(problem)


def _cross_entropy(logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)


def _correct(logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """How many answers are right; the answer of logits that are not all numbers never is."""
    right = tf.equal(tf.argmax(logits, axis=1, output_type=tf.int32), labels)
    numbers = tf.reduce_all(tf.math.is_finite(logits), axis=1)
    return tf.reduce_sum(tf.cast(tf.logical_and(right, numbers), tf.int32))


def _build(problem: Problem) -> keras.Sequential:
    """The Keras model; its own weights are never changed. The last softmax is left to the cross-entropy.

    (Of the logits: Keras would clip the probabilities at 1e-7, and a diverging network look like a bad one.)
    """
    *hidden, last = problem.layers
    if not isinstance(last, Dense) or last.activation != "softmax" or last.units != problem.classes:
        raise ValueError(f"The network of {problem.name} must end with a softmax of {problem.classes} units.")
    model = keras.Sequential([keras.layers.Input(problem.input_shape)])
    for layer in (*hidden, last):
        model.add(_keras_layer(layer, "linear" if layer is last else None))
    return model


def _keras_layer(layer: Layer, activation: str | None) -> keras.layers.Layer:
    match layer:
        case Conv2D():
            return keras.layers.Conv2D(
                layer.filters,
                layer.kernel_size,
                strides=layer.strides,
                padding=layer.padding,
                activation=activation or layer.activation,
                kernel_regularizer=_regularizer(layer.l2),
            )
        case Dense():
            return keras.layers.Dense(
                layer.units,
                activation=activation or layer.activation,
                use_bias=layer.bias,
                kernel_regularizer=_regularizer(layer.l2),
            )
        case MaxPool():
            return keras.layers.MaxPooling2D(layer.size)
        case Dropout():
            return keras.layers.Dropout(layer.rate, seed=0)
        case Flatten():
            return keras.layers.Flatten()
        case BatchNorm():
            return keras.layers.BatchNormalization(momentum=layer.momentum, epsilon=layer.epsilon)


def _regularizer(l2: float) -> keras.regularizers.Regularizer | None:
    return keras.regularizers.L2(l2) if l2 else None


def _initial_weights(model: keras.Sequential, problem: Problem, seeds: Iterator[int]) -> Iterator[tf.Tensor]:
    """First values of all trainable variables, in their order, each as a vector.

    Batch normalisation starts as Keras builds it, without chance.
    """
    for layer, declared in zip(model.layers, problem.layers, strict=True):
        inputs = prod(layer.trainable_variables[0].shape[:-1]) if layer.trainable_variables else 0
        for variable in layer.trainable_variables:
            seed = next(seeds)
            if isinstance(declared, Conv2D | Dense):
                value = _initializer(declared.initializer, variable.name, inputs, seed)(variable.shape)
            else:
                value = variable.value
            yield tf.reshape(value, [-1])


def _initializer(name: Initializer, variable: str, inputs: int, seed: int) -> keras.initializers.Initializer:
    """Keras's initializer for the kernel or bias of a layer whose units have so many inputs."""
    if name == "fan_in_uniform":
        return keras.initializers.RandomUniform(-(inputs**-0.5), inputs**-0.5, seed=seed)
    if variable == "bias":
        return keras.initializers.Zeros()
    if name == "he_normal":
        return keras.initializers.HeNormal(seed=seed)
    return keras.initializers.GlorotUniform(seed=seed)


def _initial_kept(variable: keras.Variable, seed: int) -> tf.Tensor:
    """A dropout generator starts at its seed, running statistics as Keras builds them."""
    if variable.name == "seed_generator_state":
        return tf.constant([seed, 0], dtype=variable.dtype)
    return tf.convert_to_tensor(variable.value)
