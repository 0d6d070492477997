"""The thread of the web process that puts right what got lost."""

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Self

from backend.dispatch.sender import Sender
from backend.experiments.recover import recover
from backend.store.database import Database

_log = logging.getLogger(__name__)


class Reconciler:
    """Recovers every few seconds, from `with` until its end."""

    def __init__(self, database: Database, sender: Sender, seconds: float) -> None:
        self._database = database
        self._sender = sender
        self._seconds = seconds
        self._ended = Event()
        self._thread = Thread(target=self._run, name="reconciler", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._seconds):
            try:
                recover(self._database, self._sender)
            except Exception:  # noqa: BLE001 - whatever is wrong now, the next round may find it right
                _log.warning("The reconciler failed; it tries again in %s s.", self._seconds, exc_info=True)
