"""The layers a network may be declared with: shapes, counts of parameters and words, no arithmetic of tensors.

The worker builds the Keras layer of the same name. Shapes are those of one sample, channels last.
"""

from dataclasses import dataclass
from math import prod
from typing import Literal, NamedTuple

Shape = tuple[int, ...]
Activation = Literal["linear", "relu", "sigmoid", "softmax"]
# glorot_uniform and he_normal are Keras's, with biases of zero; fan_in_uniform draws weights and biases
# uniformly within ±1 / sqrt(inputs of a unit).
Initializer = Literal["glorot_uniform", "he_normal", "fan_in_uniform"]


class LayerParameters(NamedTuple):
    """How many numbers a layer learns by gradient, and how many it only keeps (statistics)."""

    trainable: int
    frozen: int


NO_PARAMETERS = LayerParameters(0, 0)


@dataclass(frozen=True)
class Conv2D:
    """A convolution with a square kernel; `l2` is the factor of the sum of the squared kernel in the loss."""

    filters: int
    kernel_size: int
    strides: int = 1
    padding: Literal["valid", "same"] = "valid"
    activation: Activation = "relu"
    initializer: Initializer = "glorot_uniform"
    l2: float = 0.0

    def output_shape(self, inputs: Shape) -> Shape:
        """Shape of the output for inputs of (height, width, channels)."""
        reach = 1 if self.padding == "same" else self.kernel_size
        height, width = ((side - reach) // self.strides + 1 for side in inputs[:2])
        return (height, width, self.filters)

    def parameters(self, inputs: Shape) -> LayerParameters:
        """Kernel and biases."""
        return LayerParameters(self.kernel_size**2 * inputs[-1] * self.filters + self.filters, 0)

    def words(self) -> str:
        """The layer in a few words."""
        stride = f", stride {self.strides}" if self.strides > 1 else ""
        size = f"{self.kernel_size}×{self.kernel_size}"
        return f"convolution {self.filters} × {size}{stride}, {self.padding}, {self.activation}{_decay(self.l2)}"


@dataclass(frozen=True)
class Dense:
    """A fully connected layer; `l2` is the factor of the sum of the squared kernel in the loss."""

    units: int
    activation: Activation = "linear"
    bias: bool = True
    initializer: Initializer = "glorot_uniform"
    l2: float = 0.0

    def output_shape(self, inputs: Shape) -> Shape:  # noqa: ARG002 - the layers share one signature
        """Shape of the output: (units,)."""
        return (self.units,)

    def parameters(self, inputs: Shape) -> LayerParameters:
        """Kernel and, unless switched off, biases."""
        return LayerParameters(inputs[0] * self.units + (self.units if self.bias else 0), 0)

    def words(self) -> str:
        """The layer in a few words."""
        bias = "" if self.bias else ", no bias"
        return f"dense {self.units}, {self.activation}{bias}{_decay(self.l2)}"


@dataclass(frozen=True)
class MaxPool:
    """The largest value of every square of `size` × `size`, without overlap; an incomplete edge is dropped."""

    size: int = 2

    def output_shape(self, inputs: Shape) -> Shape:
        """Shape of the output for inputs of (height, width, channels)."""
        return (inputs[0] // self.size, inputs[1] // self.size, inputs[2])

    def parameters(self, inputs: Shape) -> LayerParameters:  # noqa: ARG002 - the layers share one signature
        """None."""
        return NO_PARAMETERS

    def words(self) -> str:
        """The layer in a few words."""
        return f"max-pool {self.size}×{self.size}"


@dataclass(frozen=True)
class Dropout:
    """While training, each value is dropped with the probability `rate`, the others grow by 1 / (1 - rate)."""

    rate: float

    def output_shape(self, inputs: Shape) -> Shape:
        """Shape of the output: that of the inputs."""
        return inputs

    def parameters(self, inputs: Shape) -> LayerParameters:  # noqa: ARG002 - the layers share one signature
        """None."""
        return NO_PARAMETERS

    def words(self) -> str:
        """The layer in a few words."""
        return f"dropout {self.rate:.4g}"


@dataclass(frozen=True)
class Flatten:
    """All values of a sample in one row."""

    def output_shape(self, inputs: Shape) -> Shape:
        """Shape of the output: (number of values,)."""
        return (prod(inputs),)

    def parameters(self, inputs: Shape) -> LayerParameters:  # noqa: ARG002 - the layers share one signature
        """None."""
        return NO_PARAMETERS

    def words(self) -> str:
        """The layer in a few words."""
        return "flatten"


@dataclass(frozen=True)
class BatchNorm:
    """Batch normalisation over the channels; the running statistics are kept with `momentum`."""

    momentum: float = 0.99
    epsilon: float = 1e-3

    def output_shape(self, inputs: Shape) -> Shape:
        """Shape of the output: that of the inputs."""
        return inputs

    def parameters(self, inputs: Shape) -> LayerParameters:
        """Scale and offset are learned, running mean and variance are kept."""
        return LayerParameters(2 * inputs[-1], 2 * inputs[-1])

    def words(self) -> str:
        """The layer in a few words."""
        return "batch normalisation"


Layer = Conv2D | Dense | MaxPool | Dropout | Flatten | BatchNorm


def _decay(l2: float) -> str:
    return f", L2 {l2:g}" if l2 else ""
