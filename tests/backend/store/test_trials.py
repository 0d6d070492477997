import pytest
from sqlalchemy.orm import Session

from backend.store import behaviours, benchmarks, evaluations, trials
from backend.store.database import Database
from backend.store.tables import Benchmark
from backend.store.trials import Counts
from tests.backend.store.query_plans import query_plans


def made(session: Session, numbers: int) -> Benchmark:
    """A benchmark whose two contenders do the same, so that each trial's evaluation is asked for twice."""
    benchmark = benchmarks.add(session, name="b", preset=None, configuration={}, seed=1, idempotency_key=None)
    behaviour = behaviours.get_or_add(session, key="k", kind="rate_vector", content={})
    for number in range(numbers):
        evaluation = evaluations.add(
            session,
            benchmark_id=benchmark.id,
            behaviour_id=behaviour.id,
            key=f"{number}",
            fold=0,
            specification={},
        )
        for contender in (0, 1):
            trials.ask(session, evaluation, contender=contender, problem="p", round_number=0, number=number)
    return benchmark


def finish(session: Session, benchmark: Benchmark, key: str, taken_from: int | None = None) -> None:
    found = trials.with_key(session, benchmark.id, key)
    assert found is not None
    held = evaluations.claim(session, found.id, "worker", 60)
    assert held is not None
    result = {"seconds": 2.5, "epochs": []}
    evaluations.finish(
        session, held.id, held.attempt, score=0.5, reason=None, message=None, result=result, taken_from=taken_from
    )


def test_trials_are_listed_by_number_and_contender_with_results_where_asked(database: Database) -> None:
    with database.write() as session:
        benchmark = made(session, 2)
        finish(session, benchmark, "1")
    with database.read() as session:
        rows = trials.of_benchmark(session, benchmark.id)
        whole = trials.of_benchmark(session, benchmark.id, with_results=True)
    assert [(row.number, row.contender, row.state) for row in rows] == [
        (0, 0, "pending"),
        (0, 1, "pending"),
        (1, 0, "finished"),
        (1, 1, "finished"),
    ]
    assert [(row.score, row.seconds, row.result) for row in rows[2:]] == [(0.5, 2.5, None)] * 2
    assert whole[2].result == {"seconds": 2.5, "epochs": []}


def test_shared_evaluations_count_once(database: Database) -> None:
    with database.write() as session:
        benchmark = made(session, 3)
        finish(session, benchmark, "0")
    with database.read() as session:
        assert trials.count_under_way(session, benchmark.id) == 2
        found = trials.counts(session, [benchmark.id, benchmark.id + 1])
    assert found == {benchmark.id: Counts(asked=3, finished=1, failed=0, running=0), benchmark.id + 1: Counts()}


def test_what_was_taken_over_is_counted_among_what_ended(database: Database) -> None:
    with database.write() as session:
        benchmark = made(session, 3)
        finish(session, benchmark, "0", taken_from=1)
        finish(session, benchmark, "1")
        found = trials.counts(session, [benchmark.id])
    assert found[benchmark.id] == Counts(asked=3, finished=2, taken_over=1)


def test_only_what_is_under_way_is_cancelled(database: Database) -> None:
    with database.write() as session:
        benchmark = made(session, 3)
        finish(session, benchmark, "0")
        assert trials.cancel_all(session, benchmark.id) == 2
        assert trials.count_under_way(session, benchmark.id) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_benchmark_is_counted_from_an_index_alone(database: Database) -> None:
    """Asked after every training: while rows were read for it, a long tuning took a third longer."""
    plans = query_plans(
        database,
        lambda session: trials.count_under_way(session, 1),
        lambda session: trials.counts(session, [1]),
    )
    assert all("COVERING INDEX ix_evaluation_benchmark_id_state_reason_taken_from" in plan for plan in plans)
    assert len(plans) == 2
