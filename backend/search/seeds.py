"""Where chance comes from: every use of it has a generator of its own, derived from the run's seed.

Nothing is drawn from a generator that something else has used before, so nothing depends on the order in which things
are done, and no state of a generator has to be stored.
"""

from enum import IntEnum

from numpy import uint64
from numpy.random import PCG64, Generator, SeedSequence


class Purpose(IntEnum):
    """What is drawn for. The values are part of every result: they never change, new ones are appended."""

    BREEDING = 0
    EVALUATION = 1


def generator(seed: int, purpose: Purpose, generation: int, index: int) -> Generator:
    """Return the generator of the individual at that place (index) of that generation of the run."""
    return Generator(PCG64(SeedSequence(seed, spawn_key=(purpose, generation, index))))


def evaluation_seed(run_seed: int, fold: int, repetition: int = 0) -> int:
    """Return the seed of a run's evaluations on a fold, from 0 to 2**53 - 1 (exact in JSON).

    It is the same for all individuals of the run: they meet the same initial weights and the same order of samples,
    so that their fitness differs by what they are (common random numbers).
    """
    sequence = SeedSequence(run_seed, spawn_key=(Purpose.EVALUATION, fold, repetition))
    return int(sequence.generate_state(1, uint64)[0]) >> 11
