from backend.store import events, runs
from backend.store.database import Database
from backend.store.runs import RunState
from backend.store.tables import Run


def changed(database: Database, run: Run, state: RunState) -> Run:
    with database.write() as session:
        locked = runs.lock(session, run.id)
        assert locked is not None
        runs.change_state(session, locked, state)
    with database.read() as session:
        found = runs.get(session, run.id)
    assert found is not None
    return found


def test_a_new_run_is_active_and_evaluates_generation_0(database: Database, run: Run) -> None:
    assert runs.is_active(run)
    assert (run.generation, run.finished_at) == (0, None)
    with database.read() as session:
        assert list(runs.active_ids(session)) == [run.id]


def test_a_run_that_is_stopping_is_still_active(database: Database, run: Run) -> None:
    stopping = changed(database, run, RunState.STOPPING)
    assert runs.is_active(stopping)
    assert stopping.finished_at is None


def test_an_ended_run_has_a_time_of_its_end_and_is_active_no_more(database: Database, run: Run) -> None:
    ended = changed(database, run, RunState.CANCELLED)
    assert ended.finished_at is not None
    with database.read() as session:
        assert list(runs.active_ids(session)) == []


def test_every_change_of_state_is_announced(database: Database, run: Run) -> None:
    changed(database, run, RunState.FINISHED)
    with database.read() as session:
        kinds = [(event.kind, event.payload.get("state")) for event in events.after(session, 0, 10)]
    assert kinds == [("run.created", None), ("run.state_changed", "finished")]


def test_an_unknown_run_is_none(database: Database) -> None:
    with database.write() as session:
        assert runs.get(session, 99) is None
        assert runs.lock(session, 99) is None


def test_a_run_is_overdue_once_its_time_is_over(database: Database, run: Run) -> None:
    with database.write() as session:
        locked = runs.lock(session, run.id)
        assert locked is not None
        assert not runs.is_overdue(session, locked)
        for seconds, overdue in ((-1.0, True), (60.0, False), (None, False)):
            runs.reopen(session, locked, 5, seconds)
            assert runs.is_overdue(session, locked) == overdue


def test_a_run_that_is_reopened_goes_on(database: Database, run: Run) -> None:
    ended = changed(database, run, RunState.FINISHED)
    with database.write() as session:
        locked = runs.lock(session, ended.id)
        assert locked is not None
        runs.reopen(session, locked, 5, None)
    with database.read() as session:
        again = runs.get(session, run.id)
    assert again is not None
    assert (again.state, again.generations, again.finished_at) == ("running", 5, None)
