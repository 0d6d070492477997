"""The independent random streams of one evaluation, all children of its seed."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What a stream is for. The numbers are part of every result: they are never reused or changed."""

    WEIGHTS = 0
    ORDER = 1
    DROPOUT = 2
    AUGMENTATION = 3


@dataclass(frozen=True)
class Seeds:
    """The seed of an evaluation (0 to 2^53 - 1) and what is drawn from it.

    Every individual of a run meets the same streams, and a draw in one never moves another.
    """

    evaluation: int

    def generator(self, stream: Stream) -> np.random.Generator:
        """A fresh generator at the beginning of the stream."""
        return np.random.default_rng(self._sequence(stream))

    def integers(self, stream: Stream, count: int) -> tuple[int, ...]:
        """`count` seeds of 31 bits, for generators that are not NumPy's."""
        words = self._sequence(stream).generate_state(count, np.uint32)
        return tuple(int(word) >> 1 for word in words)

    def _sequence(self, stream: Stream) -> np.random.SeedSequence:
        return np.random.SeedSequence(self.evaluation, spawn_key=(int(stream),))
