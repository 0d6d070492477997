"""Where chance comes from: every use of it has a generator of its own, derived from the run's seed.

Nothing is drawn from a generator that something else has used before, so nothing depends on the order in which things
are done, and no state of a generator has to be stored.
"""

from enum import IntEnum

from numpy import array, uint32, uint64
from numpy.random import PCG64, Generator, SeedSequence

_WORD = 2**32 - 1


class Purpose(IntEnum):
    """What is drawn for. The values are part of every result: they never change, new ones are appended."""

    BREEDING = 0
    EVALUATION = 1


def generator(seed: int, purpose: Purpose, generation: int, index: int) -> Generator:
    """Return the generator of the individual at that place (index) of that generation of the run."""
    return Generator(PCG64(_sequence(seed, purpose, generation, index)))


def evaluation_seed(run_seed: int, fold: int, repetition: int = 0) -> int:
    """Return the seed of a run's evaluations on a fold, from 0 to 2**53 - 1 (exact in JSON).

    It is the same for all individuals of the run: they meet the same initial weights and the same order of samples,
    so that their fitness differs by what they are (common random numbers).
    """
    return int(_sequence(run_seed, Purpose.EVALUATION, fold, repetition).generate_state(1, uint64)[0]) >> 11


def _sequence(seed: int, purpose: Purpose, first: int, second: int) -> SeedSequence:
    """Return `SeedSequence(seed, spawn_key=(purpose, first, second))`, made in a third of the time.

    NumPy converts a spawn key number by number. These are the 32-bit words that it arrives at: the seed's, filled up
    to the size of its pool (4 words), then the key's.
    """
    if not 0 <= seed < 2**64:
        raise ValueError(f"The seed must be from 0 to 2**64 - 1, not {seed}.")
    return SeedSequence(array([seed & _WORD, seed >> 32, 0, 0, purpose, first, second], uint32))
