"""What the search knows of genotypes: how they are made, changed, expressed and stored."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias, TypeVar

from numpy.random import Generator

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

Genotype = TypeVar("Genotype")


class GenotypeError(ValueError):
    """What was given is no genotype of this representation."""


class Representation(Protocol[Genotype]):
    """A kind of genotype. Genotypes never change: every operation returns a new one.

    All chance comes from the generator that an operation is given: same generator state, same result. Whatever a
    genotype needs to be expressed is drawn when it is made, so that expressing it is pure.
    """

    def create(self, rng: Generator) -> Genotype:
        """Return a random genotype."""
        ...

    def mutate(self, genotype: Genotype, rng: Generator) -> Genotype:
        """Return a random variation of the genotype; it may be equal to it."""
        ...

    def recombine(self, first: Genotype, second: Genotype, rng: Generator) -> Genotype:
        """Return one child that has something of both parents."""
        ...

    def recombine_both(self, first: Genotype, second: Genotype, rng: Generator) -> tuple[Genotype, Genotype]:
        """Return two children: what the one has of a parent, the other has of the other parent."""
        ...

    def express(self, genotype: Genotype) -> str:
        """Return the phenotype: the same text every time."""
        ...

    def to_json(self, genotype: Genotype) -> Json:
        """Return what `json.dumps` can write and `from_json` reads back to an equal genotype."""
        ...

    def from_json(self, data: object) -> Genotype:
        """Return the genotype; `GenotypeError` if the data are none of this representation."""
        ...
