"""What a rule does to fixed gradients, as numbers: a second opinion on whether two rules are the same.

Equal rules have equal fingerprints. Different rules have different ones as far as the probes show it: they are many
gradients of all sizes, zeros and changes of sign among them, on weights of all sizes, in a network of several layers.
"""

import hashlib
from functools import cache

import numpy as np

from backend.expressions.arrays import Floats
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule

STEPS = 8
PROBES = 64
_LAYERS = ((1, 3), (3, 3))
_SEED = 2022


def fingerprint(rule: UpdateRule) -> str:
    """Return SHA-256, in hexadecimal, of the weights on the probes; zeros of either sign count as one, NaN as one."""
    gradients, weights = _probes()
    digest = hashlib.sha256()
    for layer in _LAYERS:
        found = trace(rule, gradients, weights0=weights, layer=layer) + np.float32(0)
        found[np.isnan(found)] = np.nan
        digest.update(found.tobytes())
    return digest.hexdigest()


@cache
def _probes() -> tuple[Floats, Floats]:
    """Return gradients [STEPS, PROBES] and weights [PROBES]: usual ones, and a few columns of unusual ones."""
    rng = np.random.default_rng(_SEED)
    sizes = 10.0 ** rng.uniform(-6, 2, PROBES)
    gradients = rng.normal(size=(STEPS, PROBES)) * sizes
    gradients[:, 0] = 0
    gradients[:, 1] = 1
    gradients[:, 2] = [1, -1] * (STEPS // 2)
    gradients[:, 3] = [0, 1] * (STEPS // 2)
    gradients[:, 4] = 1e-12
    gradients[:, 5] = 1e6
    gradients[:, 6] = np.abs(gradients[:, 6])
    gradients[:, 7] = -np.abs(gradients[:, 7])
    gradients[:, 8] = 2.0 ** -np.arange(STEPS)
    weights = rng.normal(size=PROBES)
    weights[::16] = 0
    return gradients.astype(np.float32), weights.astype(np.float32)
