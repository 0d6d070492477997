"""Evaluations as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from backend.api.documents.document import Document, Measure, moment_or_none, with_example
from backend.api.documents.runs import EvaluationStateName
from backend.store.requests import ABLATION, BASELINE, INDIVIDUAL
from backend.store.tables import Evaluation, Request

EVALUATION_EXAMPLE = {
    "id": 61,
    "run_id": 1,
    "benchmark_id": None,
    "individual_ids": [44],
    "label": None,
    "ablation_of": None,
    "fold": 0,
    "repetition": 0,
    "state": "finished",
    "attempt": 1,
    "worker": "box-1",
    "taken_from": None,
    "score": 0.6125,
    "reason": None,
    "message": None,
    "epochs": [
        {
            "epoch": 0,
            "loss": 2.1,
            "accuracy": 0.21,
            "val_loss": 2.0,
            "val_accuracy": 0.25,
            "rate": 0.0506,
            "seconds": 0.02,
            "rate_low": None,
            "rate_high": None,
        }
    ],
    "started_at": "2026-01-05T10:00:10Z",
    "finished_at": "2026-01-05T10:00:11Z",
    "seconds": 0.9,
}


class EpochDocument(Document):
    """One epoch of a training; a quantity that was no number is null."""

    epoch: int = Field(description="from 0")
    loss: Measure
    accuracy: Measure
    val_loss: Measure
    val_accuracy: Measure
    rate: Measure = Field(description="the learning rate that the optimizer held; the mean where it changed within")
    seconds: Measure
    rate_low: Measure = Field(None, description="the smallest rate of the epoch, where it changed within it")
    rate_high: Measure = Field(None, description="the largest rate of the epoch, where it changed within it")


class EvaluationDocument(Document):
    """One training and scoring of a behaviour on a fold, and who wanted it."""

    model_config = with_example(EVALUATION_EXAMPLE)

    id: int
    run_id: int | None = Field(description="null where a benchmark wants it")
    benchmark_id: int | None
    individual_ids: list[int] = Field(description="the individuals that share this training")
    label: str | None = Field(description="the baseline's name, where it is one")
    ablation_of: int | None = Field(description="the individual whose rule it takes a part out of, where it does")
    fold: int
    repetition: int = Field(description="counts trainings of the same fold that differ by their seed alone, from 0")
    state: EvaluationStateName
    attempt: int = Field(description="how often it was begun")
    worker: str | None
    taken_from: int | None = Field(
        description="the evaluation that was trained, where its result was taken over instead of training again: "
        "epochs are that one's, worker and times those of taking over"
    )
    score: Measure
    reason: str | None = Field(description="why there is no score: nan, diverged, cannot_train, timeout, lost, error")
    message: str | None
    epochs: list[EpochDocument] = Field(description="while it runs: the epochs done so far")
    started_at: datetime | None
    finished_at: datetime | None
    seconds: Measure = Field(description="from the start of the last attempt to its end, or until now")


def evaluation_document(row: Evaluation, requests: Sequence[Request], time: float) -> EvaluationDocument:
    """Return an evaluation and who wanted it; `time` is the database's, in seconds since the epoch."""
    wanted_by = [request for request in requests if request.evaluation_id == row.id]
    own = [request for request in wanted_by if request.purpose == INDIVIDUAL]
    return EvaluationDocument(
        id=row.id,
        run_id=row.run_id,
        benchmark_id=row.benchmark_id,
        individual_ids=[request.individual_id for request in own if request.individual_id is not None],
        label=next((request.label for request in wanted_by if request.purpose == BASELINE), None),
        ablation_of=next((request.individual_id for request in wanted_by if request.purpose == ABLATION), None),
        fold=row.fold,
        repetition=row.specification.get("repetition", 0),
        state=row.state,
        attempt=row.attempt,
        worker=row.owner,
        taken_from=row.taken_from,
        score=row.score,
        reason=row.reason,
        message=row.message,
        epochs=[EpochDocument(**epoch) for epoch in _epochs(row)],
        started_at=moment_or_none(row.started_at),
        finished_at=moment_or_none(row.finished_at),
        seconds=None if row.started_at is None else max(0.0, (row.finished_at or time) - row.started_at),
    )


def _epochs(row: Evaluation) -> list[dict[str, Any]]:
    return row.result["epochs"] if row.result else row.progress or []
