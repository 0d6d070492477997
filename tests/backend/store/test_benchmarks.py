from sqlalchemy.orm import Session

from backend.store import benchmarks, events, experiments, runs
from backend.store.benchmarks import BenchmarkState, Phase
from backend.store.database import Database
from backend.store.runs import RunState
from backend.store.tables import Benchmark


def added(session: Session, key: str | None = None) -> Benchmark:
    return benchmarks.add(session, name="b", preset=None, configuration={}, seed=1, idempotency_key=key)


def test_a_new_benchmark_runs_its_first_round(database: Database) -> None:
    with database.write() as session:
        made = added(session, "key")
    assert (made.state, made.phase, made.report) == ("running", "trials", None)
    with database.read() as session:
        assert list(benchmarks.running_ids(session)) == [made.id]
        found = benchmarks.with_idempotency_key(session, "key")
        assert found is not None
        assert found.id == made.id
        assert benchmarks.with_idempotency_key(session, "other") is None


def test_pages_go_from_the_newest_to_the_oldest(database: Database) -> None:
    with database.write() as session:
        ids = [added(session).id for _ in range(3)]
    with database.read() as session:
        assert [row.id for row in benchmarks.page(session, limit=2)] == [ids[2], ids[1]]
        assert [row.id for row in benchmarks.page(session, limit=2, after=ids[1])] == [ids[0]]


def test_every_change_is_announced_and_the_end_has_a_time_and_a_report(database: Database) -> None:
    with database.write() as session:
        made = added(session)
        benchmarks.enter(session, made, Phase.CONFIRMATION)
        benchmarks.end(session, made, BenchmarkState.FINISHED, report={"headline": "so"})
    with database.read() as session:
        found = benchmarks.get(session, made.id)
        assert found is not None
        assert (found.state, found.phase, found.report) == ("finished", "confirmation", {"headline": "so"})
        assert found.finished_at is not None
        assert list(benchmarks.running_ids(session)) == []
        said = [(event.kind, event.benchmark_id, event.run_id) for event in events.after(session, 0, 10)]
    kinds = ("benchmark.created", "benchmark.phase_changed", "benchmark.state_changed")
    assert said == [(kind, made.id, None) for kind in kinds]


def test_a_benchmark_that_waits_is_ripe_when_none_of_its_runs_goes_on(database: Database) -> None:
    with database.write() as session:
        experiment = experiments.add(
            session, name="e", preset=None, configuration={}, grammar_text="", seed=1, idempotency_key=None
        )
        both = [runs.add(session, experiment_id=experiment.id, index=index, seed=1, generations=1) for index in (0, 1)]
        waiting = benchmarks.add(
            session,
            name="b",
            preset=None,
            configuration={},
            seed=1,
            idempotency_key=None,
            state=BenchmarkState.WAITING,
            experiment_id=experiment.id,
        )
        added(session)
        assert list(benchmarks.running_ids(session)) == [waiting.id + 1]
        for run, state in zip(both, (RunState.FINISHED, RunState.CANCELLED), strict=True):
            assert list(benchmarks.ripe_ids(session)) == []
            runs.change_state(session, run, state)
        assert list(benchmarks.ripe_ids(session)) == [waiting.id]
        benchmarks.start(session, waiting, {"declaration": "so"})
        assert list(benchmarks.ripe_ids(session)) == []
        assert [each.id for each in benchmarks.of_experiments(session, [experiment.id])] == [waiting.id]
        assert list(benchmarks.running_ids(session)) == [waiting.id, waiting.id + 1]
