from backend.store import behaviours, benchmarks, evaluations, trials, tunings
from backend.store.database import Database


def test_trainings_for_tuning_are_listed_with_their_constants_and_are_no_trials(database: Database) -> None:
    with database.write() as session:
        benchmark = benchmarks.add(session, name="b", preset=None, configuration={}, seed=1, idempotency_key=None)
        behaviour = behaviours.get_or_add(session, key="k", kind="rate_vector", content={})
        evaluation = evaluations.add(
            session, benchmark_id=benchmark.id, behaviour_id=behaviour.id, key="k", fold=0, specification={}
        )
        for contender, number in ((1, 0), (0, 1), (0, 0)):
            constants = {"learning_rate": 0.1 * (1 + number)}
            tunings.ask(session, evaluation, contender=contender, problem="p", number=number, constants=constants)
    with database.read() as session:
        rows = tunings.of_benchmark(session, benchmark.id)
        assert trials.of_benchmark(session, benchmark.id) == []
        assert tunings.of_benchmark(session, benchmark.id + 1) == []
    assert [(row.contender, row.number, row.constants["learning_rate"]) for row in rows] == [
        (0, 0, 0.1),
        (0, 1, 0.2),
        (1, 0, 0.1),
    ]
    assert {(row.state, row.score) for row in rows} == {("pending", None)}
