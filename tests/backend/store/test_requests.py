from backend.store import requests
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
