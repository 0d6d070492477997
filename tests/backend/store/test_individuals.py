from backend.store import behaviours, evaluations, individuals, requests
from backend.store.database import Database
from backend.store.requests import Requester
from backend.store.tables import Evaluation, Individual, Run


def bred(database: Database, run: Run, index: int, behaviour_id: int | None) -> Individual:
    with database.write() as session:
        return individuals.add(
            session,
            run_id=run.id,
            generation=0,
            index=index,
            genotype={"a": [0]},
            phenotype="0.1",
            operator="create",
            parents=(),
            behaviour_id=behaviour_id,
            novelty="new",
        )


def request(database: Database, run: Run, individual: Individual, evaluation: Evaluation) -> None:
    with database.write() as session:
        requests.add(session, evaluation, Requester(run.id, requests.INDIVIDUAL, individual_id=individual.id))


def test_a_population_comes_in_index_order(database: Database, run: Run) -> None:
    for index in (2, 0, 1):
        bred(database, run, index, None)
    with database.read() as session:
        assert [i.index for i in individuals.of_generation(session, run.id, 0)] == [0, 1, 2]
        assert individuals.count_unevaluated(session, run.id, 0) == 3


def test_an_individual_waits_as_long_as_one_of_its_evaluations_is_under_way(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    individual = bred(database, run, 0, evaluation.behaviour_id)
    request(database, run, individual, evaluation)
    with database.write() as session:
        assert list(individuals.waiting_for_nothing(session, run.id, 0)) == []
        evaluations.claim(session, evaluation.id, "w", 60)
        assert list(individuals.waiting_for_nothing(session, run.id, 0)) == []
        evaluations.finish(session, evaluation.id, 1, score=0.5, reason=None, message=None, result={})
        assert [i.id for i in individuals.waiting_for_nothing(session, run.id, 0)] == [individual.id]


def test_those_who_want_an_evaluation_are_found_until_they_have_a_fitness(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    wanting = [bred(database, run, index, evaluation.behaviour_id) for index in (0, 1)]
    for individual in wanting:
        request(database, run, individual, evaluation)
    with database.write() as session:
        found = individuals.requesting(session, evaluation.id)
        assert [i.id for i in found] == [i.id for i in wanting]
        found[0].evaluated = True
        session.flush()
        assert [i.id for i in individuals.requesting(session, evaluation.id)] == [wanting[1].id]


def test_whether_a_run_has_met_a_behaviour_is_known_run_by_run(database: Database, run: Run) -> None:
    with database.write() as session:
        behaviour = behaviours.get_or_add(session, key="k", kind="rate_vector", content={})
    bred(database, run, 0, behaviour.id)
    with database.read() as session:
        assert individuals.any_behaves(session, run.id, behaviour.id)
        assert not individuals.any_behaves(session, run.id + 1, behaviour.id)
        assert not individuals.any_behaves(session, run.id, behaviour.id + 1)
