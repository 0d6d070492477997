from backend.store import evaluations, individuals, requests
from backend.store.database import Database
from backend.store.requests import Requester
from backend.store.tables import Evaluation, Run


def test_a_baseline_finds_its_own_evaluations_and_no_others(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    mine, other = (Requester(run.id, requests.BASELINE, label=label) for label in ("mine", "other"))
    with database.write() as session:
        requests.add(session, evaluation, mine)
        assert [answer.id for answer in requests.answers(session, mine)] == [evaluation.id]
        assert list(requests.answers(session, other)) == []


def test_an_evaluation_names_the_baselines_that_want_it(database: Database, run: Run, evaluation: Evaluation) -> None:
    with database.write() as session:
        assert list(requests.baselines_of(session, evaluation.id)) == []
        requests.add(session, evaluation, Requester(run.id, requests.BASELINE, label="constant 0.01"))
        assert list(requests.baselines_of(session, evaluation.id)) == ["constant 0.01"]


def test_what_an_ablation_asks_for_is_nothing_that_a_run_waits_for(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    with database.write() as session:
        individual = individuals.add(
            session, run_id=run.id, generation=0, index=0, genotype={}, phenotype="0.1", operator="create",
            parents=(), behaviour_id=evaluation.behaviour_id, novelty="new",
        )  # fmt: skip
        assert evaluations.count_under_way(session, run.id) == 1
        requests.add(session, evaluation, Requester(run.id, requests.ABLATION, individual_id=individual.id))
        assert evaluations.count_under_way(session, run.id) == 0
        assert [found.id for found in requests.of_ablation(session, individual.id)] == [evaluation.id]
        assert list(individuals.requesting(session, evaluation.id)) == []
        assert list(requests.baselines_of(session, evaluation.id)) == []
        requests.add(session, evaluation, Requester(run.id, requests.INDIVIDUAL, individual_id=individual.id))
        assert evaluations.count_under_way(session, run.id) == 1
        assert [found.id for found in individuals.requesting(session, evaluation.id)] == [individual.id]
