"""A member of a population: what it is and how it came to be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from backend.search.representation import Genotype


class Operator(StrEnum):
    """How an individual came to be.

    A child of two parents (crossover) may be mutated as well. A copy is a child of one parent that mutation passed
    over, which only breeding by a mating pool knows; an elite is one that had its place reserved.
    """

    CREATE = "create"
    SEED = "seed"
    MUTATION = "mutation"
    CROSSOVER = "crossover"
    COPY = "copy"
    ELITE = "elite"


@dataclass(frozen=True, slots=True)
class Individual(Generic[Genotype]):
    """A genotype with its phenotype, how it came to be (an `Operator`) and its parents' indices in the generation
    before.
    """

    genotype: Genotype
    phenotype: str
    operator: str
    parents: tuple[int, ...]
