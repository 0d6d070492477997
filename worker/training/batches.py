"""Which samples are trained on, in which order and under which maps: drawn by seed, epoch after epoch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.problems.problem import Problem
from worker.training.augmentation import draw_maps
from worker.training.seeds import Seeds, Stream


@dataclass(frozen=True, eq=False)
class Batches:
    """Consecutive batches of one size: indices (steps, size) int32 and maps (steps, size, 8) float32.

    Without augmentation the maps have no numbers: (steps, size, 0).
    """

    indices: NDArray[np.int32]
    maps: NDArray[np.float32]

    @property
    def steps(self) -> int:
        """How many batches these are."""
        return len(self.indices)

    @property
    def size(self) -> int:
        """How many samples each of them has."""
        return int(self.indices.shape[1])

    def first(self, steps: int) -> "Batches":
        """At most that many of them, from the first on."""
        return Batches(self.indices[:steps], self.maps[:steps])

    def after(self, steps: int) -> "Batches":
        """What remains after that many."""
        return Batches(self.indices[steps:], self.maps[steps:])


def steps_per_epoch(samples: int, batch_size: int) -> int:
    """How many batches an epoch has."""
    return -(-samples // batch_size)


def epochs(problem: Problem, samples: int, batch_size: int, seeds: Seeds) -> Iterator[tuple[Batches, ...]]:
    """For every epoch, its batches; together they hold each of the `samples` exactly once.

    Where the size does not divide the samples, the last batch is smaller, as in Keras: it comes as Batches of
    its own, so there are one or two in the tuple.
    """
    order = seeds.generator(Stream.ORDER)
    augmentation = seeds.generator(Stream.AUGMENTATION)
    whole = samples // batch_size * batch_size
    while True:
        indices = order.permutation(samples).astype(np.int32)
        maps = _maps(problem, samples, augmentation)
        batches = (
            _grouped(indices[:whole], maps[:whole], batch_size),
            _grouped(indices[whole:], maps[whole:], max(samples - whole, 1)),
        )
        yield tuple(group for group in batches if group.steps)


def _maps(problem: Problem, samples: int, rng: np.random.Generator) -> NDArray[np.float32]:
    if problem.augmentation is None:
        return np.empty((samples, 0), dtype=np.float32)
    height, width = problem.input_shape[:2]
    return draw_maps(problem.augmentation, samples, (height, width), rng)


def _grouped(indices: NDArray[np.int32], maps: NDArray[np.float32], size: int) -> Batches:
    steps = len(indices) // size
    return Batches(indices.reshape(steps, size), maps.reshape(steps, size, maps.shape[1]))
