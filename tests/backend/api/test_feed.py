import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.api import feed as feed_module
from backend.api.feed import EventFeed, FeedEvent
from backend.store import events
from backend.store.database import Database


def _announce(database: Database, *names: str) -> None:
    for name in names:
        with database.write() as session:
            events.announce(session, "worker.changed", name=name)


@asynccontextmanager
async def _running(database: Database) -> AsyncIterator[EventFeed]:
    feed = EventFeed(database)
    reader = asyncio.create_task(feed.run())
    yield feed
    feed.close()
    await reader


async def _take(watched: AsyncIterator[FeedEvent], count: int) -> list[str]:
    async with asyncio.timeout(10):
        return [(await anext(watched)).payload["name"] for _ in range(count)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "POLL_SECONDS", 0.01)


def test_a_watcher_is_told_what_happens_from_now_on(database: Database) -> None:
    async def watch() -> list[str]:
        _announce(database, "before")
        async with _running(database) as feed:
            watched = feed.watch()
            first = asyncio.create_task(_take(watched, 2))
            await asyncio.sleep(0.1)
            await asyncio.to_thread(_announce, database, "one", "two")
            return await first

    assert asyncio.run(watch()) == ["one", "two"]


def test_a_watcher_that_comes_back_misses_nothing_and_is_told_nothing_twice(database: Database) -> None:
    async def watch() -> list[str]:
        _announce(database, "a", "b", "c")
        async with _running(database) as feed:
            watched = feed.watch(after=1)
            missed = await _take(watched, 2)
            await asyncio.to_thread(_announce, database, "d")
            return missed + await _take(watched, 1)

    assert asyncio.run(watch()) == ["b", "c", "d"]


def test_a_watcher_that_is_further_behind_than_the_memory_reaches_reads_the_table(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "KEPT", 2)
    monkeypatch.setattr(feed_module, "BATCH", 3)
    names = [str(number) for number in range(8)]

    async def watch() -> list[str]:
        async with _running(database) as feed:
            watched = feed.watch(after=0)
            first = asyncio.create_task(_take(watched, 1))
            await asyncio.to_thread(_announce, database, *names)
            begun = await first
            await asyncio.sleep(0.2)
            return begun + await _take(watched, 7)

    assert asyncio.run(watch()) == names


def test_an_id_of_another_database_resumes_from_now_on(database: Database) -> None:
    async def watch() -> list[str]:
        _announce(database, "before")
        async with _running(database) as feed:
            first = asyncio.create_task(_take(feed.watch(after=10**9), 1))
            await asyncio.sleep(0.1)
            await asyncio.to_thread(_announce, database, "after")
            return await first

    assert asyncio.run(watch()) == ["after"]


def test_a_closed_feed_ends_every_watcher(database: Database) -> None:
    async def watch() -> list[list[FeedEvent]]:
        async def all_of(watched: AsyncIterator[FeedEvent]) -> list[FeedEvent]:
            return [event async for event in watched]

        async with _running(database) as feed:
            watchers = [asyncio.create_task(all_of(feed.watch())) for _ in range(3)]
            await asyncio.sleep(0.1)
            feed.close()
            async with asyncio.timeout(2):
                return await asyncio.gather(*watchers)

    assert asyncio.run(watch()) == [[], [], []]


def test_an_insert_that_stays_open_while_a_later_one_commits_is_not_skipped(database: Database) -> None:
    """The gap: ids must be given in the order of commits, or who reads "above the last id" skips the slow one."""
    slow_has_written, slow_may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with database.write() as session:
            events.announce(session, "worker.changed", name="slow")
            events.write_announced(session)
            slow_has_written.set()
            assert slow_may_commit.wait(10)

    def quick() -> None:
        assert slow_has_written.wait(10)
        with database.write() as session:
            threading.Timer(0.3, slow_may_commit.set).start()
            events.announce(session, "worker.changed", name="quick")

    async def watch() -> list[str]:
        async with _running(database) as feed:
            first = asyncio.create_task(_take(feed.watch(), 2))
            await asyncio.sleep(0.1)
            await asyncio.gather(asyncio.to_thread(slow), asyncio.to_thread(quick))
            return await first

    assert asyncio.run(watch()) == ["slow", "quick"]


def test_a_database_that_is_away_for_a_while_only_delays(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    real = events.after
    failures = iter([True, True])

    def after(session: Session, last_id: int, limit: int) -> object:
        if next(failures, False):
            raise OperationalError("SELECT", {}, Exception("away"))
        return real(session, last_id, limit)

    monkeypatch.setattr(events, "after", after)

    async def watch() -> list[str]:
        async with _running(database) as feed:
            first = asyncio.create_task(_take(feed.watch(), 1))
            await asyncio.sleep(0.1)
            await asyncio.to_thread(_announce, database, "late")
            return await first

    assert asyncio.run(watch()) == ["late"]
