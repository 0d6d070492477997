"""What an update rule does to gradients that are easy to think about, beside Adam and SGD."""

import numpy as np
from numpy.typing import NDArray

from backend.expressions.arrays import Floats
from backend.figures.values import Response, ResponseLine
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule

STEPS = 60
# About what a gradient and a weight are in a small network.
SIZE = 0.1
# A rule that multiplies by the weight would show nothing at 0.
_WEIGHT = np.full(1, SIZE, np.float32)
# Standard deviation of the noisy gradient, which a small mini-batch exceeds.
_SPREAD = 0.3
_NOISE_SEED = 2022

# What a rule is held against, with the usual constants.
_COMPARED = (
    ("Adam 0.001", HUMAN_MADE_RULES["adam"].rule(learning_rate=0.001)),
    ("SGD 0.01", HUMAN_MADE_RULES["sgd"].rule(learning_rate=0.01)),
)


def responses(name: str, rule: UpdateRule) -> tuple[Response, ...]:
    """Return how far a weight moves over STEPS steps under each kind of gradient.

    Rules differ in size by orders of magnitude and what is looked at is their shape, so each one's change is in units
    of its own median step under the constant gradient; the line's name says that step, in units of the weight.
    """
    lines = [(each, _unit(known), known) for each, known in ((name, rule), *_COMPARED)]
    return tuple(
        Response(words, tuple(_line(each, unit, known, gradient) for each, unit, known in lines))
        for words, gradient in _gradients().items()
    )


def _gradients() -> dict[str, Floats]:
    """Return each kind of gradient, float32 [STEPS, 1], by its description."""
    constant = np.full((STEPS, 1), SIZE)
    alternating = constant * np.resize([1, -1], (STEPS, 1))
    noise = np.random.default_rng(_NOISE_SEED).normal(scale=_SPREAD, size=(STEPS, 1))
    return {
        f"constant gradient, {SIZE:g}": constant.astype(np.float32),
        f"alternating gradient, {SIZE:g} and −{SIZE:g}": alternating.astype(np.float32),
        f"noisy gradient, {SIZE:g} ± {_SPREAD:g}": (constant + noise).astype(np.float32),
    }


def _changes(rule: UpdateRule, gradient: Floats) -> NDArray[np.float64]:
    # In float64 the difference of two float32 weights is exact.
    weights = trace(rule, gradient, weights0=_WEIGHT)[:, 0].astype(np.float64)
    changes: NDArray[np.float64] = weights - weights[0]
    return changes


def _unit(rule: UpdateRule) -> float:
    """Return the median size of the steps that move the weight under the constant gradient; 0 if there are none."""
    changes = _changes(rule, np.full((STEPS, 1), SIZE, np.float32))
    steps = np.abs(np.diff(changes[np.isfinite(changes)]))
    moving = steps[steps > 0]
    return float(np.median(moving)) if moving.size else 0.0


def _line(name: str, unit: float, rule: UpdateRule, gradient: Floats) -> ResponseLine:
    changes = _changes(rule, gradient) / (unit or 1.0)
    said = f"{name}, 1 = {unit:.3g}" if unit else name
    return ResponseLine(said, tuple(float(each) if np.isfinite(each) else None for each in changes))
