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
    """One more evaluation is needed: that of this fold, in this repetition."""

    fold: int
    repetition: int = 0


@dataclass(frozen=True)
class Final:
    """The fitness is known. It is None where the `failed`-th evaluation (from 0) failed; its reason is then theirs."""

    fitness: float | None
    failed: int | None = None


@dataclass(frozen=True)
class FitnessRule:
    """Evaluate up to `folds` folds in order, `repetitions` times; end with the first that fails or is below `floor`.

    The fitness is the worst of all scores, their mean or their median. Below the floor it is the worst score
    whatever `combine` says, so that who ended early never ranks above who passed every fold. Source: [ALR],
    section 4 (5 folds, floor 0.80, worst).
    """

    folds: int = 1
    floor: float | None = None
    combine: Combine = "worst"
    repetitions: int = 1

    def __post_init__(self) -> None:
        """Refuse what no training could satisfy."""
        for name in ("folds", "repetitions"):
            if (value := getattr(self, name)) < 1:
                raise ValueError(f"{name} is {value}; at least 1 is allowed.")
        if self.floor is not None and not 0 <= self.floor <= 1:
            raise ValueError(f"floor is {self.floor}; an accuracy from 0 to 1 is allowed, or none.")
        if self.combine not in _COMBINE:
            raise ValueError(f"combine is {self.combine!r}; 'worst', 'mean' and 'median' are allowed.")

    @property
    def evaluations(self) -> int:
        """How many evaluations a fitness takes at most."""
        return self.folds * self.repetitions

    def next(self, scores: Sequence[float | None]) -> NextFold | Final:
        """What follows from the scores so far, repetition by repetition and in each fold by fold; None is a failure."""
        known: list[float] = []
        for place, score in enumerate(scores):
            if score is None:
                return Final(None, failed=place)
            known.append(score)
        if known and self.floor is not None and min(known) < self.floor:
            return Final(min(known))
        if len(known) < self.evaluations:
            repetition, fold = divmod(len(known), self.folds)
            return NextFold(fold, repetition)
        return Final(_COMBINE[self.combine](known))
