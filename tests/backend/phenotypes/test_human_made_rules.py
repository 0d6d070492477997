"""The rules against formulas written out in float64, as their papers and Keras have them."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.trace import trace

_STEPS = 40
_EPSILON = 1e-7

Array = NDArray[np.float64]
Update = Callable[[Array, Array, int], Array]


def _sgd() -> Update:
    return lambda w, g, _: w - 0.01 * g


def _momentum(nesterov: bool, decay: float = 0.0) -> Update:
    velocity: Array = np.zeros(1)

    def update(w: Array, g: Array, _: int) -> Array:
        nonlocal velocity
        velocity = 0.9 * velocity - 0.01 * g
        change: Array = 0.9 * velocity - 0.01 * g if nesterov else velocity
        return w - 0.01 * decay * w + change

    return update


def _rmsprop() -> Update:
    mean: Array = np.zeros(1)

    def update(w: Array, g: Array, _: int) -> Array:
        nonlocal mean
        mean = 0.9 * mean + 0.1 * g**2
        root: Array = np.sqrt(mean + _EPSILON)
        return w - 0.001 * g / root

    return update


def _adam(decay: float = 0.0) -> Update:
    first: Array = np.zeros(1)
    second: Array = np.zeros(1)

    def update(w: Array, g: Array, step: int) -> Array:
        nonlocal first, second
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g**2
        rate = 0.001 * math.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        root: Array = np.sqrt(second)
        return w - 0.001 * decay * w - rate * first / (root + _EPSILON)

    return update


def _adagrad() -> Update:
    total: Array = np.full(1, 0.1)

    def update(w: Array, g: Array, _: int) -> Array:
        nonlocal total
        total = total + g**2
        return w - 0.001 * g / np.sqrt(total + _EPSILON)

    return update


def _lion() -> Update:
    mean: Array = np.zeros(1)

    def update(w: Array, g: Array, _: int) -> Array:
        nonlocal mean
        direction = np.sign(0.9 * mean + 0.1 * g)
        mean = 0.99 * mean + 0.01 * g
        return w - 0.001 * direction

    return update


def _hypentropy(decay: float = 0.0) -> Update:
    """The map w -> arcsinh(w / 0.1) of the paper, to first order: its derivative is 1 / sqrt(w^2 + 0.01)."""

    def update(w: Array, g: Array, _: int) -> Array:
        change: Array = 0.1 * g / (1 / np.sqrt(w**2 + 0.01)) + 0.1 * decay * w
        return w - change

    return update


def _ades(printed: bool) -> Update:
    b1, b2 = (0.87621, 0.76132) if printed else (0.08922, 0.0891)
    y: Array = np.zeros(1)

    def update(w: Array, g: Array, _: int) -> Array:
        nonlocal y
        y = y - (b1 * y**2 + b2 * y * g + b2 * g) if printed else y - (1 - b1) * (y + (y + b2) * (y + g))
        return w + y

    return update


_FORMULAS: dict[str, Callable[[], Update]] = {
    "sgd": _sgd,
    "momentum": lambda: _momentum(nesterov=False),
    "nesterov": lambda: _momentum(nesterov=True),
    "nesterov-decay": lambda: _momentum(nesterov=True, decay=0.004),
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": lambda: _adam(decay=0.004),
    "adagrad": _adagrad,
    "lion": _lion,
    "hypentropy": _hypentropy,
    "hypentropy-decay": lambda: _hypentropy(decay=0.004),
    "sign": lambda: lambda w, g, _: w - 0.0009 * np.sign(g),
    "ades": lambda: _ades(printed=False),
    "ades-printed": lambda: _ades(printed=True),
}


@pytest.mark.parametrize("name", _FORMULAS)
def test_a_rule_gives_the_weights_that_its_formula_gives(name: str) -> None:
    gradients = np.random.default_rng(0).normal(scale=0.05, size=(_STEPS, 50)).astype(np.float32)
    gradients[:, 0] = 0
    if name == "ades-printed":
        # Soon after, it diverges.
        gradients = gradients[:8]
    weights = np.random.default_rng(1).normal(size=50).astype(np.float32)
    update, expected = _FORMULAS[name](), [weights.astype(np.float64)]
    for step, gradient in enumerate(gradients.astype(np.float64), start=1):
        expected.append(update(expected[-1], gradient, step))
    found = trace(HUMAN_MADE_RULES[name].rule(), gradients, weights0=weights)
    np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-6)


def test_each_plain_rule_has_a_formula_to_be_held_to() -> None:
    scheduled = {
        name for name in HUMAN_MADE_RULES if name.startswith(("nesterov-decay-", "adamw-", "hypentropy-decay-"))
    }
    assert HUMAN_MADE_RULES.keys() - scheduled == _FORMULAS.keys()
    assert len(scheduled) == 12


def test_every_usual_value_lies_in_its_range_and_every_bound_gives_a_rule() -> None:
    for each in HUMAN_MADE_RULES.values():
        assert each.title
        for name, (low, high) in each.ranges.items():
            assert low <= each.constants[name] <= high
            assert each.rule(**{name: low}) != each.rule(**{name: high})
