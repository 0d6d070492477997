"""What is done to all samples once, before training: statistics come from the training part alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.problems.problem import Preprocessing

Samples = NDArray[np.float32]
# Of [DLR]'s code: keeps a channel without any variation from being divided by zero.
DEVIATION_OFFSET = 1e-6
# Samples preprocessed at once: in float64, all of them would take several times the memory of the result.
BLOCK = 1000


@dataclass(frozen=True, eq=False)
class FittedPreprocessing:
    """A preprocessing with the statistics of one training part.

    Standardising before augmentation is the same as after it, as [DLR] does: every augmented value is a
    weighted mean of values of its own channel, with weights that sum to 1. (Subtracting the mean image comes
    before augmentation there too.)
    """

    declared: Preprocessing
    offset: NDArray[np.float64]
    divisor: NDArray[np.float64]

    def __call__(self, raw: NDArray[Any]) -> Samples:
        """Preprocess raw samples (number, ...)."""
        preprocessed = np.empty((len(raw), *self.offset.shape), dtype=np.float32)
        for start in range(0, len(raw), BLOCK):
            block = slice(start, start + BLOCK)
            scaled = _shaped(raw[block], self.declared) / self.declared.divide_by
            preprocessed[block] = (scaled - self.offset) / self.divisor
        return preprocessed


def fit(declared: Preprocessing, raw: NDArray[Any]) -> FittedPreprocessing:
    """Take the statistics of the raw training samples (number, ...)."""
    scaled = _shaped(raw, declared) / declared.divide_by
    offset = np.zeros(scaled.shape[1:])
    divisor = np.ones(scaled.shape[1:])
    if declared.mean_image:
        offset += scaled.mean(axis=0)
    if declared.standardise:
        centred = scaled - offset
        offset += centred.mean(axis=(0, 1, 2))
        divisor *= centred.std(axis=(0, 1, 2)) + DEVIATION_OFFSET
    return FittedPreprocessing(declared, offset, divisor)


def _shaped(raw: NDArray[Any], declared: Preprocessing) -> NDArray[Any]:
    """Resized by nearest neighbour, and with its one channel copied."""
    shaped = raw
    if declared.size is not None:
        rows, columns = (_nearest(side, wanted) for side, wanted in zip(raw.shape[1:3], declared.size, strict=True))
        shaped = shaped[:, rows][:, :, columns]
    if declared.channels is not None:
        shaped = np.repeat(shaped, declared.channels, axis=-1)
    return shaped


def _nearest(side: int, wanted: int) -> NDArray[np.int64]:
    """For every new pixel, the old one under its centre."""
    return ((np.arange(wanted) + 0.5) * side / wanted).astype(np.int64)
