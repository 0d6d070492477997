"""How far weights that other code computed are from our own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.expressions.arrays import Floats

# Libraries round each operation on their own, powers and cosines in the last bits: after dozens of updates that comes
# to a few millionths. Rules whose small differences grow are allowed more, as much as float32 itself differs from
# float64 on them, some times over.
TOLERANCE = 1e-5
ROUNDINGS = 32


@dataclass(frozen=True)
class Difference:
    """The largest differences of two courses of weights, `relative` to the largest size that the weight has had so far.

    `rounding` is how far float32 takes our own weights from those in float64, in the same terms. `agrees` says that
    every difference is within the tolerance; `first_step` is the update after which one is not. Weights that are not
    finite count only for that: they must be so in both from the same update on.
    """

    absolute: float
    relative: float
    rounding: float
    first_step: int | None

    @property
    def agrees(self) -> bool:
        """Whether the two compute the same, as far as float32 can say."""
        return self.first_step is None


def compare(expected: Floats, in_float64: NDArray[np.float64], found: Floats) -> Difference:
    """Compare weights [steps + 1, n], the first row being before the first update. Raises ValueError for the shape."""
    if found.shape != expected.shape:
        raise ValueError(f"Weights of the shape {found.shape} came back where {expected.shape} was expected.")
    finite = np.isfinite(expected)
    both = finite & np.isfinite(found)
    with np.errstate(all="ignore"):
        apart = _where(both, found - expected.astype(np.float64))
        rounding = _where(finite, expected - in_float64)
        size = np.maximum.accumulate(_where(finite, expected), axis=0)
    wrong = (finite != np.isfinite(found)) | (apart > TOLERANCE * size + ROUNDINGS * _so_far(rounding))
    steps = np.flatnonzero(wrong.any(axis=1))
    return Difference(
        absolute=float(apart.max()),
        relative=_largest_share(apart, size),
        rounding=_largest_share(rounding, size),
        first_step=int(steps[0]) if len(steps) else None,
    )


def _where(mask: NDArray[np.bool_], values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return absolute values, 0 where the mask does not hold."""
    return np.where(mask & np.isfinite(values), np.abs(values), 0.0).astype(np.float64)


def _so_far(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum.accumulate(values, axis=0)


def _largest_share(values: NDArray[np.float64], of: NDArray[np.float64]) -> float:
    """Return the largest quotient; where there is nothing to be a share of, the value is compared with 1."""
    return float((values / np.where(of > 0, of, 1.0)).max())
