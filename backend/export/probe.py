"""The numbers on which exported code is compared with our own: parameters of several shapes, and their gradients.

They are fixed. Half of the weights start at 0, where nothing hides in the rounding of a large weight; some gradients
are 0 always or sometimes, since that is where divisions are protected.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS, Floats, array_constant
from backend.phenotypes.rule_step import compile_rule
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

Doubles = NDArray[np.float64]

_SEED = 2022

# NumPy's functions compute in what they are given.
_IN_FLOAT64 = cast("Mapping[str, Callable[..., Doubles]]", ARRAY_IMPLEMENTATIONS)


@dataclass(frozen=True)
class Parameter:
    """A tensor of weights: its shape, and the number of its layer, from 1."""

    shape: tuple[int, ...]
    layer: int

    @property
    def size(self) -> int:
        """The number of weights."""
        return math.prod(self.shape)


@dataclass(frozen=True, eq=False)
class Probe:
    """Parameters, their weights at the start, [n], and their gradients, [steps, n], both float32 and side by side."""

    parameters: tuple[Parameter, ...]
    weights: Floats
    gradients: Floats

    @property
    def steps(self) -> int:
        """The number of updates."""
        return len(self.gradients)

    def expected(self, rule: UpdateRule) -> Floats:
        """Return the weights before the first and after each update, [steps + 1, n]: our own, in float32."""
        parts = [
            trace(rule, self.gradients[:, part], weights0=self.weights[part], layer=layer)
            for part, layer in self._parts
        ]
        return np.concatenate(parts, axis=1)

    def in_float64(self, rule: UpdateRule) -> Doubles:
        """Return the same weights computed in float64: what differs is float32's own rounding."""
        weights = np.zeros((self.steps + 1, len(self.weights)))
        weights[0] = self.weights
        step = compile_rule(rule, _IN_FLOAT64, _constant)
        with np.errstate(all="ignore"):
            for part, layer in self._parts:
                given = {state: np.zeros(len(weights[0, part])) for state in rule.live_states}
                depth = dict(zip(("layer_num", "layer_count"), map(_constant, layer), strict=True))
                for index, gradient in enumerate(self.gradients[:, part].astype(np.float64)):
                    counted = {"t": np.array([index / self.steps]), "step": np.array([index + 1.0])}
                    given = step({**given, **counted, **depth, "g": gradient, "w": weights[index, part]})
                    weights[index + 1, part] = weights[index, part] - given.pop(WEIGHT)
        return weights

    @property
    def _parts(self) -> Iterator[tuple[slice, tuple[int, int]]]:
        """Each parameter's place among the weights, with the number of its layer and of all layers."""
        start = 0
        for parameter in self.parameters:
            yield slice(start, start + parameter.size), (parameter.layer, self.parameters[-1].layer)
            start += parameter.size


@cache
def standard_probe(steps: int = 50) -> Probe:
    """Return the numbers of every proof."""
    parameters = (Parameter((4, 4), 1), Parameter((), 2))
    count = sum(each.size for each in parameters)
    rng = np.random.default_rng(_SEED)
    gradients = rng.normal(size=(steps, count)) * 10.0 ** rng.uniform(-3, 0.5, count)
    gradients[:, 0] = 0
    gradients[:, 1] = 0.25
    gradients[:, 2] = np.where(np.arange(steps) % 2, -0.5, 0.5)
    gradients[::3, 3:5] = 0
    weights = np.where(np.arange(count) % 2, rng.normal(size=count), 0)
    return Probe(parameters, weights.astype(np.float32), gradients.astype(np.float32))


def _constant(value: float) -> Doubles:
    """Return what float32 makes of a constant, so that computing alone differs."""
    return array_constant(value).astype(np.float64)
