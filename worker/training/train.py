"""One evaluation: a behaviour is trained on a fold and scored."""

from collections.abc import Callable
from pathlib import Path

from backend.problems.result import EpochRow, EvaluationResult
from backend.problems.specification import EvaluationSpecification


class TrainingAborted(Exception):
    """Whoever asked for the training no longer wants it; it has no result."""


def train(
    specification: EvaluationSpecification,
    on_epoch: Callable[[EpochRow], None],
    should_stop: Callable[[], bool],
    on_step: Callable[[], None] = lambda: None,
    datasets_dir: Path | None = None,
) -> EvaluationResult:
    """Train and score; the result is a pure function of the specification, times apart."""
    raise NotImplementedError
