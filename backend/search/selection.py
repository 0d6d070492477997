"""Who becomes a parent."""

from collections.abc import Sequence

from numpy.random import Generator


def ranking(fitness: Sequence[float | None]) -> tuple[int, ...]:
    """Return the indices from the best to the worst; None is below every number, ties are in order of index."""
    return tuple(sorted(range(len(fitness)), key=lambda index: _descending(fitness[index])))


def _descending(fitness: float | None) -> tuple[bool, float]:
    return (True, 0.0) if fitness is None else (False, -fitness)


def tournament(ranked: Sequence[int], size: int, rng: Generator) -> int:
    """Return the best of `size` different individuals, drawn uniformly from all that are ranked.

    Draws by Floyd's method (Bentley and Floyd, 1987): one number for each competitor, however large the population.
    """
    places: set[int] = set()
    last = len(ranked) - size
    for number in rng.random(size).tolist():
        place = int(number * (last + 1))
        places.add(last if place in places else place)
        last += 1
    return ranked[min(places)]
