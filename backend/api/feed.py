"""The feed of events: one reader of the event table a process, whatever the number of watchers.

Every watcher has a cursor of its own, the id of the last event it has dealt with. The reader keeps the newest events in
memory; a watcher that is further behind than they reach, or that comes back with the `Last-Event-ID` of an earlier
connection, reads the table itself. So nobody can be too slow to be told everything, and nobody is told anything twice.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from backend.store import events
from backend.store.database import Database

POLL_SECONDS = 0.25
# Events kept in memory, and events read at once.
KEPT = 1000
BATCH = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FeedEvent:
    """Something changed, in a run, in a benchmark or in neither."""

    id: int
    run_id: int | None
    benchmark_id: int | None
    kind: str
    payload: dict[str, Any]


class EventFeed:
    """Reads events as they are committed and hands them to all watchers of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # The newest events read, without a gap: all with an id above `_complete_after`.
        self._recent: deque[FeedEvent] = deque(maxlen=KEPT)
        self._complete_after = 0
        self._newest = 0
        self._started = asyncio.Event()
        self._changed = asyncio.Event()
        self._closed = asyncio.Event()

    async def run(self) -> None:
        """Read new events until the feed is closed; a database that is away for a while only delays them."""
        while not self._closed.is_set():
            try:
                await self._read()
            except SQLAlchemyError as error:
                _log.warning("The events cannot be read at the moment (%s); trying again.", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), POLL_SECONDS)

    def close(self) -> None:
        """Let every watcher and the reader end; a server that shuts down waits for them."""
        self._closed.set()
        self._started.set()
        self._wake()

    async def watch(
        self, after: int | None = None, run_id: int | None = None, benchmark_id: int | None = None
    ) -> AsyncIterator[FeedEvent]:
        """Yield events as they come, until the feed is closed: those after the id `after`, or from now on.

        With `run_id` or `benchmark_id` only those of the run or the benchmark, and those that concern neither.
        """
        await self._started.wait()
        cursor = await self._resumed(after)
        while not self._closed.is_set():
            changed = self._changed
            batch = await self._batch_after(cursor)
            for event in batch:
                cursor = event.id
                if _concerns(event, run_id, benchmark_id):
                    yield event
            if not batch:
                await changed.wait()

    async def _read(self) -> None:
        if self._started.is_set():
            self._add(await run_in_threadpool(self._read_after, self._newest))
            return
        self._newest = self._complete_after = await run_in_threadpool(self._read_newest_id)
        self._started.set()

    def _add(self, new: Sequence[FeedEvent]) -> None:
        if not new:
            return
        self._recent.extend(new)
        self._newest = new[-1].id
        if len(self._recent) == KEPT:
            self._complete_after = self._recent[0].id - 1
        self._wake()

    def _wake(self) -> None:
        """Wake everybody who waits; who comes later waits for the next change."""
        woken, self._changed = self._changed, asyncio.Event()
        woken.set()

    async def _resumed(self, after: int | None) -> int:
        """Return the id to continue after. One that no event has yet is of another database: nothing to resume."""
        if after is None or after <= self._newest:
            return self._newest if after is None else after
        return min(after, await run_in_threadpool(self._read_newest_id))

    async def _batch_after(self, cursor: int) -> Sequence[FeedEvent]:
        if cursor >= self._newest:
            return ()
        if cursor < self._complete_after:
            return await run_in_threadpool(self._read_after, cursor)
        return [event for event in self._recent if event.id > cursor]

    def _read_newest_id(self) -> int:
        with self._database.read() as session:
            return events.newest_id(session)

    def _read_after(self, cursor: int) -> Sequence[FeedEvent]:
        with self._database.read() as session:
            rows = events.after(session, cursor, BATCH)
            return [FeedEvent(row.id, row.run_id, row.benchmark_id, row.kind, row.payload) for row in rows]


def _concerns(event: FeedEvent, run_id: int | None, benchmark_id: int | None) -> bool:
    """Whether somebody who watches this run or benchmark, or everything, wants to know of an event."""
    if run_id is None and benchmark_id is None:
        return True
    if event.run_id is None and event.benchmark_id is None:
        return True
    return (event.run_id is not None and event.run_id == run_id) or (
        event.benchmark_id is not None and event.benchmark_id == benchmark_id
    )
