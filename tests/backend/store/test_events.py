from threading import Event, Thread

from backend.store import events
from backend.store.database import Database
from backend.store.tables import Run


def seen_after(database: Database, last_id: int) -> list[str]:
    with database.read() as session:
        return [event.kind for event in events.after(session, last_id, 100)]


def test_an_announced_event_is_there_once_the_transaction_has_committed(database: Database, run: Run) -> None:
    with database.read() as session:
        newest = events.newest_id(session)
    with database.write() as session:
        events.announce(session, "thing.happened", run.id, answer=42)
        assert seen_after(database, newest) == []
    assert seen_after(database, newest) == ["thing.happened"]


def test_an_event_of_a_transaction_that_failed_is_forgotten(database: Database) -> None:
    try:
        with database.write() as session:
            events.announce(session, "thing.happened")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert seen_after(database, 0) == []


def test_events_come_in_order_and_as_many_as_asked_for(database: Database) -> None:
    with database.write() as session:
        for number in range(5):
            events.announce(session, f"thing.{number}")
    with database.read() as session:
        first = events.after(session, 0, 2)
        assert [event.kind for event in first] == ["thing.0", "thing.1"]
        assert [event.kind for event in events.after(session, first[-1].id, 2)] == ["thing.2", "thing.3"]


def test_a_reader_skips_no_transaction_that_commits_late(database: Database) -> None:
    """One transaction has written its events and is still open while another wants to write and commit."""
    written, let_go = Event(), Event()

    def slow() -> None:
        with database.write() as session:
            events.announce(session, "slow.committed")
            events.write_announced(session)
            written.set()
            let_go.wait(10)

    def quick() -> None:
        with database.write() as session:
            events.announce(session, "quick.committed")

    threads = [Thread(target=slow)]
    threads[0].start()
    assert written.wait(10)
    threads.append(Thread(target=quick))
    threads[1].start()
    threads[1].join(0.3)
    seen_meanwhile = seen_after(database, 0)
    let_go.set()
    for thread in threads:
        thread.join(10)
    # Had the quick one come first, with a higher id, a reader that saw it would never see the slow one.
    assert seen_meanwhile == []
    assert seen_after(database, 0) == ["slow.committed", "quick.committed"]
