"""What a worker slot does with a message: claim the evaluation, train, record the result, let the run go on.

Where the setting says so, it takes over the result of an equal training from before instead of training again.
"""

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from backend.dispatch.sender import Sender
from backend.experiments.claim import Claimed, claim, report_progress
from backend.experiments.known_training import KnownTraining, known_training
from backend.experiments.record import continue_after, record
from backend.problems.result import EpochRow, EvaluationResult
from backend.problems.specification import EvaluationSpecification
from backend.settings.settings import Settings
from backend.store.database import Database
from worker.heartbeat import Heartbeat, Watched
from worker.leases import EvaluationLease
from worker.training.train import TrainingAborted

# Progress is stored about once a second, however fast the epochs are.
REPORT_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Train(Protocol):
    """Whatever trains and scores: `worker.training.train.train`."""

    def __call__(
        self,
        specification: EvaluationSpecification,
        on_epoch: Callable[[EpochRow], None],
        should_stop: Callable[[], bool],
        on_step: Callable[[], None],
        datasets_dir: Path | None,
    ) -> EvaluationResult:
        """Return the result; `TrainingAborted` once `should_stop` turns true."""


class Evaluator:
    """Evaluates one evaluation after the other on behalf of `owner`; each step is a transaction of its own.

    `fingerprint` names whatever changes the bits of a training here. It is asked only where trainings are taken over.
    """

    def __init__(
        self,
        database: Database,
        sender: Sender,
        heartbeat: Heartbeat,
        settings: Settings,
        owner: str,
        train: Train,
        stopping: Callable[[], bool],
        fingerprint: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._database = database
        self._sender = sender
        self._heartbeat = heartbeat
        self._settings = settings
        self._owner = owner
        self._train = train
        self._stopping = stopping
        self._fingerprint = fingerprint

    def evaluate(self, evaluation_id: int) -> None:
        """Evaluate it, unless it is done, cancelled or somebody else's already."""
        with self._database.write() as session:
            claimed = claim(session, evaluation_id, self._owner, self._settings.lease_seconds)
        if claimed is None:
            return
        with self._heartbeat.watching(EvaluationLease(claimed)) as watched:
            known = self._known(claimed)
            if known is not None:
                recorded = self._record(claimed, known.result, known.evaluation_id)
            else:
                result = self._result(claimed, watched)
                recorded = result is not None and self._record(claimed, result)
        if recorded:
            continue_after(self._database, self._sender, claimed)

    def _known(self, claimed: Claimed) -> KnownTraining | None:
        """Return the training that this one would repeat; None where there is none, or none is to be taken over."""
        if not self._settings.reuse_trainings:
            return None
        fingerprint = self._fingerprint()
        with self._database.read() as session:
            return known_training(session, claimed, fingerprint)

    def _result(self, claimed: Claimed, watched: Watched) -> EvaluationResult | None:
        """Train; None if the training was aborted, because nobody wants it here any more."""
        progress = _Progress(self._database, claimed, watched)
        try:
            return self._train(
                claimed.specification,
                on_epoch=progress.epoch_done,
                should_stop=lambda: self._stopping() or watched.abandoned,
                on_step=watched.progressed,
                datasets_dir=self._settings.datasets_dir,
            )
        except TrainingAborted:
            _log.info("Evaluation %d: aborted", claimed.evaluation_id)
            return None
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is the evaluation's result, not the worker's end
            _log.exception("Evaluation %d failed", claimed.evaluation_id)
            message = f"{type(error).__name__}: {error}\n\n{traceback.format_exc()}"
            return EvaluationResult.failed("error", message)

    def _record(self, claimed: Claimed, result: EvaluationResult, taken_from: int | None = None) -> bool:
        with self._database.write() as session:
            recorded = record(session, claimed, result, taken_from)
        outcome = f"score {result.score:.4f}" if result.score is not None else f"no score ({result.reason})"
        how = f"in {result.seconds:.1f} s" if taken_from is None else f"taken over from evaluation {taken_from}"
        note = "" if recorded else "; not recorded: it is somebody else's by now"
        _log.info("Evaluation %d: %s, %s%s", claimed.evaluation_id, outcome, how, note)
        return recorded


class _Progress:
    """Stores the epochs done so far, now and then, for whoever looks on."""

    def __init__(self, database: Database, claimed: Claimed, watched: Watched) -> None:
        self._database = database
        self._claimed = claimed
        self._watched = watched
        self._rows: list[EpochRow] = []
        self._reported_at = time.monotonic()

    def epoch_done(self, row: EpochRow) -> None:
        """Take note of an epoch."""
        self._watched.progressed()
        self._rows.append(row)
        if time.monotonic() - self._reported_at >= REPORT_SECONDS:
            self._reported_at = time.monotonic()
            self._report()

    def _report(self) -> None:
        try:
            with self._database.write() as session:
                kept = report_progress(session, self._claimed, self._rows)
        except SQLAlchemyError as error:
            # Nobody needs it to get the result.
            _log.warning("The progress of evaluation %d was not stored: %s", self._claimed.evaluation_id, error)
            return
        if not kept:
            self._watched.abandon()
