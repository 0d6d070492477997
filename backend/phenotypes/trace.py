"""The weights that a rule gives for given gradients, in NumPy: what every other implementation is held to."""

import numpy as np

from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS, Floats, array_constant
from backend.phenotypes.rule_step import compile_rule
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

# From here on a float32 that counts by ones stays where it is.
LARGEST_STEP = 2**24


def trace(
    rule: UpdateRule,
    gradients: Floats,
    t: Floats | None = None,
    weights0: Floats | None = None,
    layer: tuple[int, int] = (1, 1),
) -> Floats:
    """Return the weights before the first and after each step, float32 [steps + 1, n].

    `gradients` are float32 [steps, n]; `t` [steps] is the share of the training that is done before each step, i /
    steps if None; `weights0` [n] are the weights before, 0 if None; `layer` is layer_num and layer_count. Weights may
    become infinite or NaN. Raises ValueError if the shapes do not fit together.
    """
    steps, count = gradients.shape
    shares = np.arange(steps) / max(steps, 1) if t is None else t
    if shares.shape != (steps,):
        raise ValueError(f"t must have one value for each of the {steps} steps, not the shape {shares.shape}.")
    weights = np.zeros((steps + 1, count), np.float32)
    weights[0] = 0 if weights0 is None else weights0
    with np.errstate(all="ignore"):
        _fill(weights, rule, gradients, shares.astype(np.float32), layer)
    return weights


def _fill(weights: Floats, rule: UpdateRule, gradients: Floats, shares: Floats, layer: tuple[int, int]) -> None:
    step = compile_rule(rule, ARRAY_IMPLEMENTATIONS, array_constant)
    given = {state: np.zeros(weights.shape[1], np.float32) for state in rule.live_states}
    depth = {"layer_num": array_constant(layer[0]), "layer_count": array_constant(layer[1])}
    for index, gradient in enumerate(gradients.astype(np.float32)):
        counted = array_constant(min(index + 1, LARGEST_STEP))
        read = {"g": gradient, "w": weights[index], "t": shares[index : index + 1], "step": counted, **depth}
        given = step({**given, **read})
        weights[index + 1] = weights[index] - given.pop(WEIGHT)
