"""Numbers from [0, 1) one by one."""

from collections.abc import Iterator

from numpy.random import Generator


def uniforms_of(rng: Generator) -> Iterator[float]:
    """Yield numbers from [0, 1), drawn in blocks: a call of NumPy costs as much as twenty numbers."""
    while True:
        yield from rng.random(32).tolist()
