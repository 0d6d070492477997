"""The smallest representation, in which what was done to a genotype can be read from it."""

from numpy.random import Generator

from backend.search.individual import Individual, Operator


class Numbers:
    """A genotype is a number, a child of two is their sum, mutation adds a thousand.

    Of two children the first is the sum, the second the difference.
    """

    def create(self, rng: Generator) -> int:
        return int(rng.integers(100))

    def mutate(self, genotype: int, rng: Generator) -> int:
        return genotype + 1000

    def recombine(self, first: int, second: int, rng: Generator) -> int:
        return first + second

    def recombine_both(self, first: int, second: int, rng: Generator) -> tuple[int, int]:
        return first + second, first - second

    def express(self, genotype: int) -> str:
        return str(genotype)

    def to_json(self, genotype: int) -> int:
        return genotype

    def from_json(self, data: object) -> int:
        return int(str(data))


def population(*genotypes: int) -> list[Individual[int]]:
    """Return an individual of each genotype."""
    return [Individual(genotype, str(genotype), Operator.CREATE, ()) for genotype in genotypes]
