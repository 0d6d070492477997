from backend.store import individuals, requests
from backend.store.database import Database
from backend.store.requests import BASELINE, INDIVIDUAL, Requester
from backend.store.savings import asked
from backend.store.tables import Evaluation, Run


def test_nothing_is_asked_for_by_nobody(database: Database, run: Run) -> None:
    with database.read() as session:
        assert asked(session, run.id) == (0, 0, 0)


def test_requests_are_counted_by_text_and_by_behaviour(database: Database, run: Run, evaluation: Evaluation) -> None:
    with database.write() as session:
        for index, phenotype in enumerate(("0.1", "add(0.1, 0)", "0.1")):
            individual = individuals.add(
                session, run_id=run.id, generation=0, index=index, genotype={}, phenotype=phenotype, operator="create",
                parents=(), behaviour_id=evaluation.behaviour_id, novelty="new",
            )  # fmt: skip
            requests.add(session, evaluation, Requester(run.id, INDIVIDUAL, individual_id=individual.id))
        requests.add(session, evaluation, Requester(run.id, BASELINE, label="constant 0.01"))
    with database.read() as session:
        assert asked(session, run.id) == (3, 2, 1)
