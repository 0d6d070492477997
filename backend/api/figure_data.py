"""What figures are drawn from, read from the database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.api.existing import existing_run
from backend.experiments.design import Design, design_of
from backend.experiments.overview import overviews
from backend.experiments.responses import responses
from backend.figures.values import (
    Baseline,
    FitnessCell,
    GenerationPoint,
    RateLine,
    Response,
    TrainingCurve,
    TrainingPoint,
)
from backend.phenotypes.human_made import BASELINES
from backend.phenotypes.schedule import CannotTrain, Schedule
from backend.phenotypes.update_rule import UpdateRule
from backend.store import generations, lists
from backend.store.lists import RunInExperiment
from backend.store.tables import Evaluation, Individual

_SHARED = (
    "best",
    "median",
    "lower_quartile",
    "upper_quartile",
    "invalid_share",
    "new",
    "seen_before",
    "cannot_train",
    "distinct_behaviours",
)
_MEASURED = ("epoch", "loss", "val_loss", "accuracy", "val_accuracy", "rate", "rate_low", "rate_high")


@dataclass(frozen=True)
class RateLines:
    """An individual's rates, some epochs past the last trained one, and what they are held against."""

    schedule: RateLine
    baseline: RateLine
    parents: tuple[RateLine, ...]
    epochs: int


def generation_points(session: Session, run_id: int) -> list[GenerationPoint]:
    """Return the numbers of a run's complete generations."""
    return [_point(row.number, row.summary or {}) for row in generations.completed(session, run_id)]


def baselines(session: Session, row: RunInExperiment) -> list[Baseline]:
    """Return a run's baselines, those without a fitness yet included."""
    return [Baseline(standing.name, standing.fitness) for standing in overviews(session, [row])[0].baselines]


def cells(session: Session, run_id: int) -> list[FitnessCell]:
    """Return every evaluated individual of a run."""
    return [FitnessCell(*row) for row in lists.fitness_of_all(session, run_id)]


def curves(session: Session, individual: Individual) -> list[TrainingCurve]:
    """Return the epochs of an individual's trainings, those under way included."""
    return [_curve(evaluation) for evaluation in lists.evaluations_of(session, individual)]


def rule_responses(session: Session, individual: Individual) -> tuple[Response, ...]:
    """Return what an individual's rule does to gradients; nothing for a schedule, which sees none."""
    made = design_of(existing_run(session, individual.run_id).experiment)
    if made.configuration.evolves != "update_rule":
        return ()
    return responses(f"individual {individual.id}", UpdateRule.from_text(individual.phenotype))


def rate_lines(session: Session, individual: Individual) -> RateLines | None:
    """Return the rates of an individual, of the baseline and of those parents that look different; None for a rule."""
    made = design_of(existing_run(session, individual.run_id).experiment)
    if made.configuration.evolves != "schedule":
        return None
    epochs = made.configuration.training.epochs
    shown = epochs + (epochs + 1) // 2
    (name, baseline), *_ = BASELINES.items()
    own = _rates(made.schedule(individual.phenotype), shown, epochs)
    return RateLines(
        schedule=RateLine(f"individual {individual.id}", own),
        baseline=RateLine(name, _rates(baseline, shown, epochs)),
        parents=_parents(session, made, individual, own),
        epochs=epochs,
    )


def _parents(session: Session, made: Design, individual: Individual, own: tuple[float, ...]) -> tuple[RateLine, ...]:
    epochs = made.configuration.training.epochs
    found = lists.parents_of(session, individual)
    lines = (RateLine(f"parent {row.id}", _rates(made.schedule(row.phenotype), epochs, epochs)) for row in found)
    return tuple(line for line in lines if line.rates != own[:epochs])


def _rates(schedule: Schedule, shown: int, epochs: int) -> tuple[float, ...]:
    """Return the rates of as many epochs as can be shown: all, else the trained ones, else none."""
    for wanted in (shown, epochs):
        try:
            return schedule.rates(wanted)
        except CannotTrain:
            continue
    return ()


def _point(number: int, summary: dict[str, Any]) -> GenerationPoint:
    failed = {reason: count for reason, count in summary["failed"].items() if reason != "cannot_train"}
    return GenerationPoint(number=number, failed=failed, **{name: summary[name] for name in _SHARED})


def _curve(evaluation: Evaluation) -> TrainingCurve:
    epochs = evaluation.result["epochs"] if evaluation.result else evaluation.progress or []
    # The range of the rate is there only where there is one.
    points = (TrainingPoint(**{name: epoch[name] for name in _MEASURED if name in epoch}) for epoch in epochs)
    repetition = evaluation.specification.get("repetition", 0)
    again = f", repetition {repetition + 1}" if repetition else ""
    return TrainingCurve(f"fold {evaluation.fold + 1}{again}", tuple(points))
