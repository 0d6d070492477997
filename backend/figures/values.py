"""What figures are drawn from: plain values, without a database or a network in sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class GenerationPoint:
    """One evaluated generation, in numbers. Fitness values are None where no individual has one."""

    number: int
    best: float | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    # Share of the population, 0 to 1, that has no fitness.
    invalid_share: float
    # Individuals whose behaviour was trained for the first time, was known already, or cannot be trained at all.
    new: int
    seen_before: int
    cannot_train: int
    distinct_behaviours: int
    # Individuals whose training failed, by reason (not counting those that cannot be trained).
    failed: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Baseline:
    """A human-made phenotype trained under the run's protocol; its fitness is None until it is known."""

    name: str
    fitness: float | None


@dataclass(frozen=True)
class FitnessCell:
    """One individual of the heatmap; `fitness` is None where there is none, `reason` says why."""

    individual_id: int
    generation: int
    fitness: float | None
    reason: str | None = None


@dataclass(frozen=True)
class RateLine:
    """A named schedule's learning rates, one an epoch; None leaves a gap."""

    name: str
    rates: tuple[float | None, ...]


@dataclass(frozen=True)
class TrainingPoint:
    """One epoch of a training. A quantity is None where it was not measured or was no number."""

    epoch: int
    loss: float | None
    val_loss: float | None
    accuracy: float | None
    val_accuracy: float | None
    rate: float | None
    # The smallest and the largest rate of the epoch's batches, where they differ.
    rate_low: float | None = None
    rate_high: float | None = None


@dataclass(frozen=True)
class TrainingCurve:
    """One evaluation's epochs, named by what tells it from the others (its fold)."""

    name: str
    points: tuple[TrainingPoint, ...]


@dataclass(frozen=True)
class ResponseLine:
    """What one update rule makes of a gradient: how far the weight has moved before the first and after each step.

    A value is None from where it is no finite number.
    """

    name: str
    changes: tuple[float | None, ...]


@dataclass(frozen=True)
class Response:
    """A kind of gradient, in words, and what rules make of it; the first line is that of the rule in question."""

    gradient: str
    lines: tuple[ResponseLine, ...]


@dataclass(frozen=True)
class LineagePoint:
    """An individual of a line of descent; `changed` where it does not do what its parent on the line did."""

    generation: int
    individual_id: int
    operator: str
    fitness: float | None
    changed: bool


@dataclass(frozen=True)
class Extent:
    """A count over the individuals of a generation: its middle half, and the largest."""

    lower_quartile: float
    median: float
    upper_quartile: float
    largest: float


@dataclass(frozen=True)
class GenerationExtent:
    """How large a generation's phenotypes are."""

    number: int
    nodes: Extent
    depth: Extent


@dataclass(frozen=True)
class RateSurface:
    """A schedule program's rates: `rates[row][column]` is that at `losses[row]` in `epochs[column]`, from 0.

    Losses and epochs rise.
    """

    epochs: tuple[int, ...]
    losses: tuple[float, ...]
    rates: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class ContenderTrials:
    """A contender's scores, one a trial; failed trials have none and are left out."""

    label: str
    finalist: bool
    scores: tuple[float, ...]


@dataclass(frozen=True)
class BandLine:
    """A quantity by epoch, the mean of some trials, between a lower and an upper edge; None where it is not known."""

    mean: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True)
class ContenderCurves:
    """How a contender's trials went, on average."""

    label: str
    accuracy: BandLine
    loss: BandLine
    rate: BandLine


@dataclass(frozen=True)
class TuningPoint:
    """Constants that a tuning tried: their number, their score (None where it failed), and both in words.

    `raced` where they are trained once more, on fresh seeds: then the score is not to be held against the others.
    """

    number: int
    score: float | None
    words: str
    raced: bool = False


@dataclass(frozen=True)
class ContenderTuning:
    """A contender's tuning as far as it has come, by number."""

    label: str
    points: tuple[TuningPoint, ...]


@dataclass(frozen=True)
class ContenderImportance:
    """How much each of a contender's constants mattered, as shares of 1, or why that cannot be said."""

    label: str
    shares: Mapping[str, float]
    why: str | None


@dataclass(frozen=True)
class TransferCell:
    """A contender's trials on a problem; `mean` is None where none has a score yet, `deviation` with fewer than two.

    `n` counts all finished trials, `failed` those without a score. `found_here` where its run searched on this problem.
    """

    mean: float | None
    deviation: float | None
    n: int
    failed: int
    found_here: bool


@dataclass(frozen=True)
class TransferRow:
    """A contender on all problems, in their order."""

    label: str
    cells: tuple[TransferCell, ...]
