"""Where chance comes from: every use of it has a generator of its own, derived from the run's seed.

Nothing is drawn from a generator that something else has used before, so nothing depends on the order in which things
are done, and no state of a generator has to be stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import DTypeLike, NDArray

from backend.search.seed_states import seed_states


class Purpose(IntEnum):
    """What is drawn for. The values are part of every result: they never change, new ones are appended."""

    BREEDING = 0
    EVALUATION = 1
    MATING_POOL = 2
    TRIAL = 3
    TUNING = 4


def generators(seed: int, purpose: Purpose, generation: int, indices: range) -> Iterator[Generator]:
    """Yield the generator of each individual at these places (indices) of that generation of the run.

    Each is `default_rng(SeedSequence(seed, spawn_key=(purpose, generation, index)))`, made in a fifth of the time.
    Raises `ValueError` for a seed below 0 or above 2**64 - 1.
    """
    if not 0 <= seed < 2**64:
        raise ValueError(f"The seed must be from 0 to 2**64 - 1, not {seed}.")
    # As in NumPy: the seed in words of 32 bits, filled up to the size of the pool, then the spawn key.
    words = np.zeros((len(indices), 7), np.uint32)
    words[:, :2] = seed % 2**32, seed // 2**32
    words[:, 4:6] = purpose, generation
    words[:, 6] = indices
    # NumPy's documentation allows any ISeedSequence, its annotations forget it.
    return (Generator(PCG64(_Seed(state))) for state in seed_states(words))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an individual stands in a run."""

    generation: int
    index: int


def evaluation_seed(run_seed: int, fold: int, repetition: int = 0, place: Place | None = None) -> int:
    """Return the seed of a run's evaluations on a fold, from 0 to 2**53 - 1 (exact in JSON).

    Without a place it is the same for all individuals of the run: they meet the same initial weights and the same
    order of samples, so that their fitness differs by what they are (common random numbers). With a place it is for
    the individual there alone, as in programs that never set a seed.
    """
    own = () if place is None else (place.generation, place.index)
    sequence = SeedSequence(run_seed, spawn_key=(Purpose.EVALUATION, fold, repetition, *own))
    return int(sequence.generate_state(1, np.uint64)[0]) >> 11


def trial_seed(benchmark_seed: int, round_number: int, trial: int) -> int:
    """Return the seed of a benchmark's trial, from 0 to 2**53 - 1; the same for all contenders, so that they pair."""
    sequence = SeedSequence(benchmark_seed, spawn_key=(Purpose.TRIAL, round_number, trial))
    return int(sequence.generate_state(1, np.uint64)[0]) >> 11


def tuning_seed(benchmark_seed: int, *place: int) -> int:
    """Return the seed of a benchmark's tuning, from 0 to 2**32 - 1.

    Without a place it is that of all its trainings: what differs are the constants alone. With contender, problem and
    batch it is what the constants of that batch are drawn with.
    """
    sequence = SeedSequence(benchmark_seed, spawn_key=(Purpose.TUNING, *place))
    return int(sequence.generate_state(1, np.uint32)[0])


def training_for_tuning_seed(benchmark_seed: int, number: int) -> int:
    """Return the seed of the number-th training (from 0) of the same constants, from 0 to 2**32 - 1."""
    return tuning_seed(benchmark_seed, number) if number else tuning_seed(benchmark_seed)


def race_seed(benchmark_seed: int, number: int) -> int:
    """Return the seed of the number-th training (from 0) of a tuning's race, from 0 to 2**32 - 1; common to all."""
    return tuning_seed(benchmark_seed, 0, number)


class _Seed(ISeedSequence):
    """A seed sequence whose four words are known already."""

    def __init__(self, state: NDArray[np.uint64]) -> None:
        self._state = state

    def generate_state(self, n_words: int, dtype: DTypeLike = np.uint32) -> NDArray[np.uint64]:  # noqa: ARG002
        """Return the words: PCG64, the only one to ask, wants exactly these four of 64 bits."""
        return self._state
