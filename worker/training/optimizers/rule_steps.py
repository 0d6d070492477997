"""The steps of an update rule in one training, computed operator by operator: nothing is compiled for a rule."""

import numpy as np

from backend.phenotypes.rule_step import compile_rule
from backend.phenotypes.trace import LARGEST_STEP
from backend.phenotypes.update_rule import WEIGHT, UpdateRule
from worker.training.network import Network
from worker.training.optimizers.arithmetic import Arithmetic, Numbers


class RuleSteps:
    """A rule with the states that it keeps, from the first of `total_steps` planned steps to the last.

    Weights and gradients are flat vectors of the network's trainable parameters, (n,) float32. A state stays a single
    number until it meets one of them, so that what counts steps costs nothing. Numbers below 1.2e-38 are 0 within the
    training loop, as in all of TensorFlow.
    """

    def __init__(self, rule: UpdateRule, network: Network, total_steps: int, arithmetic: Arithmetic) -> None:
        self._step = compile_rule(rule, arithmetic.implementations, arithmetic.constant)
        self._constant = arithmetic.constant
        self._subtract = arithmetic.implementations["subtract"]
        self._total_steps = total_steps
        self._done = 0
        self._states: dict[str, Numbers] = {state: arithmetic.constant(0.0) for state in rule.live_states}
        self._depth: dict[str, Numbers] = {}
        if rule.reads & {"layer_num", "layer_count"}:
            self._depth = {
                "layer_num": arithmetic.vector(network.layer_numbers),
                "layer_count": arithmetic.constant(network.layer_count),
            }

    def __call__(self, weights: Numbers, gradient: Numbers) -> Numbers:
        """Return the weights after one step more; what is not finite is left to the caller."""
        counted = {
            "t": self._constant(self._done / self._total_steps),
            "step": self._constant(min(self._done + 1, LARGEST_STEP)),
        }
        with np.errstate(all="ignore"):
            given = self._step({**self._states, **self._depth, **counted, "g": gradient, "w": weights})
            change = given.pop(WEIGHT)
            self._states = given
            self._done += 1
            return self._subtract(weights, change)
