"""One worker slot: `python -m worker.slot NAME`, a child of the supervisor, doing one piece of work at a time."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from celery.exceptions import WorkerShutdown

from backend.dispatch.celery_app import EVALUATE, PROVE, make_celery
from backend.dispatch.celery_sender import CelerySender
from backend.settings.logs import log_to_stderr
from backend.settings.settings import Settings, load_settings
from backend.store.database import Database
from worker import lifeline
from worker.heartbeat import Heartbeat
from worker.identity import Identity
from worker.proof_task import Prover
from worker.survey import survey
from worker.task import Evaluator
from worker.training import numerics
from worker.training.train import train

_log = logging.getLogger(__name__)


class Slot:
    """Takes messages from the broker until it is asked to end."""

    def __init__(self, settings: Settings, name: str) -> None:
        self._settings = settings
        self._identity = Identity(name, settings.queue)
        self._database = Database(settings.database_url)
        self._heartbeat = Heartbeat(self._database, settings, self._identity)
        self._evaluator = Evaluator(
            self._database,
            CelerySender(settings),
            self._heartbeat,
            settings,
            owner=name,
            train=train,
            stopping=lambda: self._stopping,
            fingerprint=numerics.fingerprint,
        )
        self._prover = Prover(self._database, self._heartbeat, settings, owner=name, stopping=lambda: self._stopping)
        self._busy = False
        self._stopping = False

    def run(self) -> None:
        """Work until SIGTERM."""
        signal.signal(signal.SIGTERM, self._end)
        numerics.configure()
        self._heartbeat.start()
        threading.Thread(target=self._survey, name="survey", daemon=True).start()
        self._consume()

    def _survey(self) -> None:
        """Say what can be loaded at once, and again after the rest has been tried from afar."""
        fingerprint = numerics.fingerprint()
        found = survey(self._settings.datasets_dir, download=False)
        self._heartbeat.introduce(found, fingerprint)
        if any(found.values()):
            self._heartbeat.introduce(survey(self._settings.datasets_dir, download=True), fingerprint)

    def _consume(self) -> None:
        app = make_celery(self._settings)
        app.set_current()
        app.task(self._evaluate, name=EVALUATE)
        app.task(self._prove, name=PROVE)
        # The solo pool trains in this very process. Celery's own time limits do nothing there: the heartbeat watches.
        worker = app.WorkController(
            hostname=self._identity.name,
            pool="solo",
            concurrency=1,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        worker.start()

    def _evaluate(self, evaluation_id: int) -> None:
        self._work(self._evaluator.evaluate, evaluation_id)

    def _prove(self, proof_id: int) -> None:
        self._work(self._prover.prove, proof_id)

    def _work(self, task: Callable[[int], None], number: int) -> None:
        self._busy = True
        try:
            task(number)
        finally:
            self._busy = False
        if self._stopping:
            raise WorkerShutdown(0)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        """End now, or at the next step of the work; the supervisor gives back what is not done."""
        self._stopping = True
        if not self._busy:
            raise WorkerShutdown(0)


def main() -> None:
    """Run the slot whose name is the first argument."""
    lifeline.watch(lambda: os._exit(1))
    settings = load_settings()
    log_to_stderr(settings.log_level)
    Slot(settings, sys.argv[1]).run()
    # All is given back by now; TensorFlow would take seconds more to take itself apart.
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
