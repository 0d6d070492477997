"""How the scores of an individual's folds become its fitness, one fold after another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from types import MappingProxyType
from typing import Literal

Combine = Literal["worst", "mean", "median"]

_COMBINE: Mapping[Combine, Callable[[Sequence[float]], float]] = MappingProxyType(
    {"worst": min, "mean": fmean, "median": median}
)


@dataclass(frozen=True)
class NextFold:
    """One more evaluation is needed: that of this fold."""

    fold: int


@dataclass(frozen=True)
class Final:
    """The fitness is known. It is None where the evaluation of `failed_fold` failed; its reason is then theirs."""

    fitness: float | None
    failed_fold: int | None = None


@dataclass(frozen=True)
class FitnessRule:
    """Evaluate up to `folds` folds in order; end early with the first that fails or scores below `floor`.

    The fitness is the worst score of all folds, their mean or their median. Below the floor it is the worst score
    whatever `combine` says, so that who ended early never ranks above who passed every fold. Source: [ALR],
    section 4 (5 folds, floor 0.80, worst).
    """

    folds: int = 1
    floor: float | None = None
    combine: Combine = "worst"

    def __post_init__(self) -> None:
        """Refuse what no training could satisfy."""
        if self.folds < 1:
            raise ValueError(f"folds is {self.folds}; at least 1 is allowed.")
        if self.floor is not None and not 0 <= self.floor <= 1:
            raise ValueError(f"floor is {self.floor}; an accuracy from 0 to 1 is allowed, or none.")
        if self.combine not in _COMBINE:
            raise ValueError(f"combine is {self.combine!r}; 'worst', 'mean' and 'median' are allowed.")

    def next(self, scores: Sequence[float | None]) -> NextFold | Final:
        """What follows from the scores of folds 0, 1, ... so far; None is a fold that failed."""
        known: list[float] = []
        for fold, score in enumerate(scores):
            if score is None:
                return Final(None, failed_fold=fold)
            known.append(score)
        if known and self.floor is not None and min(known) < self.floor:
            return Final(min(known))
        if len(known) < self.folds:
            return NextFold(len(known))
        return Final(_COMBINE[self.combine](known))
