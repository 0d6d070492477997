"""What figures are drawn from: plain values, without a database or a network in sight."""

from dataclasses import dataclass


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
    # Individuals whose training failed (not counting those that cannot be trained).
    failed: int
    distinct_behaviours: int


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
    """A named schedule's learning rates, one an epoch."""

    name: str
    rates: tuple[float, ...]


@dataclass(frozen=True)
class TrainingPoint:
    """One epoch of a training. A quantity is None where it was not measured or was no number."""

    epoch: int
    loss: float | None
    val_loss: float | None
    accuracy: float | None
    val_accuracy: float | None
    rate: float | None


@dataclass(frozen=True)
class TrainingCurve:
    """One evaluation's epochs, named by what tells it from the others (its fold)."""

    name: str
    points: tuple[TrainingPoint, ...]
