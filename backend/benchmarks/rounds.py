"""What is judged: who took part, which comparisons were declared, and the scores of a round of trials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.benchmarks.scores import Scores


@dataclass(frozen=True)
class Entrant:
    """A contender. One of a grid has the name of its family and what was tried: a constant and its value.

    `trainings` are those that it took to find it and to tune it on one problem.
    """

    label: str
    family: str | None = None
    tried: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    trainings: int = 0


@dataclass(frozen=True)
class Declaration:
    """What was declared before anything was trained: problems, contenders, and comparisons as (finalist, rival)."""

    problems: Sequence[str]
    entrants: Sequence[Entrant]
    comparisons: Sequence[tuple[int, int]]
    seed: int

    @property
    def finalists(self) -> frozenset[int]:
        """The places of those whose comparisons were declared."""
        return frozenset(finalist for finalist, _ in self.comparisons)


# Scores of a round by problem and place of the contender, in the order of the trials.
Round = Mapping[tuple[str, int], Scores]
