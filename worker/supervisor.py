"""Keeps worker slots running, and the reconciler: a process that imports no TensorFlow."""

import logging
import socket
import sys
import threading
import time
import uuid

from sqlalchemy.exc import SQLAlchemyError

from backend.dispatch.celery_sender import CelerySender
from backend.dispatch.kept_process import KeptProcess, end_all
from backend.experiments.claim import release
from backend.experiments.recover import recover
from backend.settings.settings import Settings
from backend.store import workers
from backend.store.database import Database
from backend.store.migrate import check_not_newer, is_current

# How soon a dead slot is noticed.
TEND_SECONDS = 0.2

# One thread a slot: more of them change the bits of a training, and two processes of one thread each do more than
# one process with two.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_log = logging.getLogger(__name__)


class Supervisor:
    """Runs `slots` worker slots until `stop`."""

    def __init__(self, settings: Settings, slots: int) -> None:
        self._settings = settings
        self._database = Database(settings.database_url)
        self._sender = CelerySender(settings)
        self._stopping = threading.Event()
        self._reconciled_at = 0.0
        # Unique among all supervisors that share a database, also in containers of one host name.
        own = f"{socket.gethostname()}-{uuid.uuid4().hex[:6]}"
        self._slots = [self._slot(f"{own}-{number}") for number in range(1, slots + 1)]

    def stop(self) -> None:
        """Make `run` end; may be called from a signal's handler or another thread."""
        self._stopping.set()

    def run(self) -> None:
        """Keep the slots and the reconciler going; at the end, end the slots and give back what they trained."""
        try:
            if self._wait_for_database():
                self._work()
        finally:
            end_all(self._slots)
            self._release()
            self._sender.close()
            self._database.close()

    def _slot(self, name: str) -> KeptProcess:
        environment = {**self._settings.environment(), **ONE_THREAD}
        return KeptProcess(name, [sys.executable, "-m", "worker.slot", name], environment)

    def _wait_for_database(self) -> bool:
        """Wait until someone has made the tables; False if it is time to stop."""
        told = False
        while not self._stopping.is_set():
            if self._database_is_ready():
                return True
            if not told:
                _log.warning("Waiting for the database to be upgraded (autolr db upgrade, autolr serve or autolr up).")
                told = True
            self._stopping.wait(1.0)
        return False

    def _database_is_ready(self) -> bool:
        try:
            check_not_newer(self._database)
            return is_current(self._database)
        except SQLAlchemyError as error:
            _log.warning("The database does not answer: %s", error)
            return False

    def _work(self) -> None:
        while not self._stopping.wait(TEND_SECONDS):
            for slot in self._slots:
                slot.tend()
            if time.monotonic() - self._reconciled_at >= self._settings.reconcile_seconds:
                self._reconcile()
                self._reconciled_at = time.monotonic()

    def _reconcile(self) -> None:
        try:
            sent = recover(self._database, self._sender)
        except SQLAlchemyError as error:
            _log.warning("The database did not answer the reconciler: %s", error)
            return
        except Exception:  # noqa: BLE001 - a run that cannot go on must not take the workers away from the others
            _log.exception("The reconciler failed; it tries again.")
            return
        if sent:
            _log.info("The reconciler sent %d evaluations.", sent)

    def _release(self) -> None:
        try:
            with self._database.write() as session:
                for slot in self._slots:
                    release(session, slot.name)
                    workers.leave(session, slot.name)
        except SQLAlchemyError as error:
            _log.warning("What the worker slots trained could not be given back, its leases run out instead: %s", error)
