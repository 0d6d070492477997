"""The worker slot's sign of life: its row in the database, and the lease on what it works on."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from backend.settings.settings import Settings
from backend.store import workers
from backend.store.database import Database
from worker.identity import Identity
from worker.leases import Lease

# A slot that has not been heard of for some 20 seconds counts as gone.
LONGEST_INTERVAL = 5.0

# The exit code of a slot that ended itself because its training hung (EX_SOFTWARE).
HUNG = 70

_log = logging.getLogger(__name__)


class Watched:
    """Work as the heartbeat sees it: when it last made progress, and whether anyone still wants it."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self._abandoned = threading.Event()
        self._progressed_at = time.monotonic()

    def progressed(self) -> None:
        """Say that the work has got further."""
        self._progressed_at = time.monotonic()

    def abandon(self) -> None:
        """Say that nobody wants the result any more."""
        self._abandoned.set()

    @property
    def abandoned(self) -> bool:
        """Whether the work was cancelled or given to somebody else."""
        return self._abandoned.is_set()

    @property
    def idle_seconds(self) -> float:
        """How long ago the work last made progress."""
        return time.monotonic() - self._progressed_at


class Heartbeat:
    """Beats every third of the lease, from a thread, until `stop`.

    Work that makes no progress keeps no lease: it is given back and the process ends, because a thread that hangs
    inside a library cannot be ended in any other way.
    """

    def __init__(
        self, database: Database, settings: Settings, identity: Identity, end: Callable[[int], object] = os._exit
    ) -> None:
        self._database = database
        self._lease_seconds = settings.lease_seconds
        self._limit_seconds = settings.evaluation_limit_seconds
        self._identity = identity
        self._end = end
        self._watched: Watched | None = None
        self._problems: dict[str, str | None] = {}
        self._numerics: dict[str, Any] = {}
        self._stopped = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def introduce(self, problems: dict[str, str | None], numerics: dict[str, Any]) -> None:
        """Say which problems this slot can load (None) and why not the others, and how it computes."""
        self._problems, self._numerics = problems, numerics
        self._wake.set()

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopped = True
        self._wake.set()
        self._thread.join()

    @contextmanager
    def watching(self, lease: Lease) -> Iterator[Watched]:
        """Keep the lease as long as the block runs."""
        watched = Watched(lease)
        self._watched = watched
        try:
            yield watched
        finally:
            self._watched = None

    def beat(self) -> None:
        """Show that the slot lives, and keep the lease on what it works on."""
        watched = self._watched
        if watched is not None and watched.idle_seconds > self._limit_seconds:
            self._give_up(watched.lease)
        elif watched is not None:
            self._renew(watched)
        if self._numerics:
            self._announce()

    def _run(self) -> None:
        while not self._stopped:
            self._wake.wait(min(self._lease_seconds / 3, LONGEST_INTERVAL))
            self._wake.clear()
            try:
                self.beat()
            except SQLAlchemyError as error:
                # The lease outlives two missed beats; after that another worker takes over.
                _log.warning("The database did not answer the heartbeat: %s", error)

    def _renew(self, watched: Watched) -> None:
        with self._database.write() as session:
            kept = watched.lease.renew(session, self._lease_seconds)
        if not kept:
            watched.abandon()

    def _announce(self) -> None:
        identity = self._identity
        with self._database.write() as session:
            workers.announce(
                session,
                name=identity.name,
                host=identity.host,
                pid=identity.pid,
                queue=identity.queue,
                problems=self._problems,
                numerics=self._numerics,
            )

    def _give_up(self, lease: Lease) -> None:
        seconds = self._limit_seconds
        _log.error("%s made no progress for %g seconds; it is given up and this worker slot ends.", lease.name, seconds)
        try:
            with self._database.write() as session:
                lease.give_up(session, seconds)
        finally:
            self._end(HUNG)
