"""A real run with something to evaluate, and a training that takes no time."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from backend.dispatch.recording import RecordingSender
from backend.experiments.claim import Claimed, claim
from backend.experiments.configuration import Order
from backend.experiments.launch import Launched, launch
from backend.problems.result import EpochRow, EvaluationResult
from backend.problems.specification import EvaluationSpecification
from backend.settings.settings import Settings
from backend.store.database import Database
from backend.store.tables import Evaluation
from worker.heartbeat import Heartbeat
from worker.identity import Identity
from worker.task import Evaluator

OWNER = "slot-1"

# Of pretended trainings.
FINGERPRINT = {"autolr": "1.2.3", "processor": "one", "vector_instructions": ["avx2", "fma"]}

# Real data, two generations of four schedules, about a second of training each.
SMALL = {
    "search": {"population_size": 4, "generations": 2, "tournament_size": 2},
    "training": {"epochs": 3, "train": 500, "validation": 100, "fitness": 100},
}


def launched(database: Database, sender: RecordingSender) -> Launched:
    """Launch a small run."""
    with database.write() as session:
        made = launch(session, Order(overrides=dict(SMALL), seed=7))
    sender.send(made.evaluation_ids)
    return made


def evaluation(database: Database, evaluation_id: int) -> Evaluation:
    """The evaluation as it is now."""
    with database.read() as session:
        return session.get_one(Evaluation, evaluation_id)


def claimed_by(database: Database, evaluation_id: int, owner: str = OWNER, lease_seconds: float = 60.0) -> Claimed:
    """Claim the evaluation."""
    with database.write() as session:
        claimed = claim(session, evaluation_id, owner, lease_seconds)
    assert claimed is not None
    return claimed


def row(epoch: int) -> EpochRow:
    """An epoch."""
    return EpochRow(epoch, loss=1.0, accuracy=0.5, val_loss=1.0, val_accuracy=0.5, rate=0.01, seconds=0.1)


def train_at_once(
    specification: EvaluationSpecification,
    on_epoch: Callable[[EpochRow], None],
    should_stop: Callable[[], bool],
    on_step: Callable[[], None],
    datasets_dir: Path | None,
) -> EvaluationResult:
    """Score by the last rate, after one epoch."""
    on_step()
    on_epoch(row(0))
    rate = specification.behaviour_content["rates"][-1]
    return EvaluationResult(
        rate, None, None, best_epoch=0, stopped_early=False, epochs=(row(0),), seconds=0.1, numerics=FINGERPRINT
    )


def heartbeat(database: Database, settings: Settings, end: Callable[[int], object] = exit) -> Heartbeat:
    """A heartbeat that has not been started: the test beats it."""
    return Heartbeat(database, settings, Identity(OWNER, settings.queue), end)


def evaluator(
    database: Database,
    sender: RecordingSender,
    settings: Settings,
    train: object = train_at_once,
    stopping: Callable[[], bool] = lambda: False,
    fingerprint: Callable[[], Mapping[str, Any]] = lambda: FINGERPRINT,
) -> Evaluator:
    """An evaluator with this training."""
    beats = heartbeat(database, settings)
    return Evaluator(database, sender, beats, settings, OWNER, train, stopping, fingerprint)  # type: ignore[arg-type]
