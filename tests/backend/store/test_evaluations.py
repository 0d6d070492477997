from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from backend.store import evaluations, requests, runs
from backend.store.database import Database
from backend.store.evaluations import EvaluationState
from backend.store.leases import MOST_ATTEMPTS, may_try_again
from backend.store.requests import ABLATION, BASELINE, Requester
from backend.store.tables import Evaluation, Run
from tests.backend.store.query_plans import query_plans

RESULT: dict[str, Any] = {"score": 0.5, "reason": None, "message": None, "result": {"score": 0.5}}


def claim(database: Database, evaluation: Evaluation, owner: str = "w", seconds: float = 60.0) -> Evaluation | None:
    with database.write() as session:
        return evaluations.claim(session, evaluation.id, owner, seconds)


def stored(database: Database, evaluation: Evaluation) -> Evaluation:
    with database.read() as session:
        found = evaluations.get(session, evaluation.id)
    assert found is not None
    return found


def test_a_pending_evaluation_is_claimed_with_owner_attempt_and_lease(
    database: Database, evaluation: Evaluation
) -> None:
    claimed = claim(database, evaluation)
    assert claimed is not None
    assert (claimed.state, claimed.owner, claimed.attempt) == (EvaluationState.RUNNING, "w", 1)
    assert claimed.lease_expires_at > claimed.created_at + 30


def test_a_claimed_evaluation_is_not_claimed_again_while_its_lease_lasts(
    database: Database, evaluation: Evaluation
) -> None:
    assert claim(database, evaluation) is not None
    assert claim(database, evaluation, "other") is None
    assert stored(database, evaluation).owner == "w"


def test_an_evaluation_whose_lease_ran_out_is_claimed_by_another_attempt(
    database: Database, evaluation: Evaluation
) -> None:
    claim(database, evaluation, seconds=-1)
    again = claim(database, evaluation, "other")
    assert again is not None
    assert (again.owner, again.attempt) == ("other", 2)


def test_of_many_claimers_at_once_one_gets_the_evaluation(database: Database, evaluation: Evaluation) -> None:
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda number: claim(database, evaluation, f"w{number}"), range(16)))
    assert sum(claimed is not None for claimed in claims) == 1


def test_an_unknown_evaluation_is_nobodys(database: Database, evaluation: Evaluation) -> None:
    with database.write() as session:
        assert evaluations.claim(session, evaluation.id + 1, "w", 60) is None


def test_a_result_is_stored_once(database: Database, evaluation: Evaluation) -> None:
    claim(database, evaluation)
    with database.write() as session:
        assert evaluations.finish(session, evaluation.id, 1, **RESULT)
        assert not evaluations.finish(session, evaluation.id, 1, **RESULT)
    assert stored(database, evaluation).score == 0.5
    assert stored(database, evaluation).finished_at is not None


def test_an_attempt_that_was_overtaken_can_neither_renew_report_nor_finish(
    database: Database, evaluation: Evaluation
) -> None:
    claim(database, evaluation, seconds=-1)
    claim(database, evaluation, "other")
    with database.write() as session:
        assert not evaluations.renew(session, evaluation.id, 1, 60)
        assert not evaluations.report(session, evaluation.id, 1, [])
        assert not evaluations.give_back(session, evaluation.id, 1)
        assert not evaluations.finish(session, evaluation.id, 1, **RESULT)
    assert (stored(database, evaluation).state, stored(database, evaluation).owner) == ("running", "other")


def test_a_renewed_lease_lasts_longer(database: Database, evaluation: Evaluation) -> None:
    claim(database, evaluation, seconds=1)
    before = stored(database, evaluation).lease_expires_at
    with database.write() as session:
        assert evaluations.renew(session, evaluation.id, 1, 100)
    assert stored(database, evaluation).lease_expires_at > before + 90


def test_progress_is_kept_until_the_result_replaces_it(database: Database, evaluation: Evaluation) -> None:
    claim(database, evaluation)
    with database.write() as session:
        evaluations.report(session, evaluation.id, 1, [{"epoch": 0}])
    assert stored(database, evaluation).progress == [{"epoch": 0}]
    with database.write() as session:
        evaluations.finish(session, evaluation.id, 1, **RESULT)
    assert stored(database, evaluation).progress is None


def test_what_a_dead_worker_held_is_pending_and_due_at_once(database: Database, evaluation: Evaluation) -> None:
    claim(database, evaluation, "dead")
    with database.write() as session:
        assert evaluations.release(session, "somebody else") == 0
        assert evaluations.release(session, "dead") == 1
        assert list(evaluations.unsent(session, 3600)) == [evaluation.id]
    assert stored(database, evaluation).state == EvaluationState.PENDING


def test_what_was_sent_lately_is_not_due(database: Database, evaluation: Evaluation) -> None:
    with database.write() as session:
        assert list(evaluations.unsent(session, 60)) == []
        assert list(evaluations.unsent(session, -1)) == [evaluation.id]
        evaluations.release(session, "nobody")
        evaluations.mark_sent(session, [evaluation.id])
        assert list(evaluations.unsent(session, 60)) == []


def test_only_expired_leases_are_lost(database: Database, evaluation: Evaluation) -> None:
    claim(database, evaluation)
    with database.read() as session:
        assert list(evaluations.lost(session)) == []
        assert evaluations.count_running(session) == 1
    with database.write() as session:
        evaluations.renew(session, evaluation.id, 1, -1)
    with database.read() as session:
        assert [row.id for row in evaluations.lost(session)] == [evaluation.id]
        assert evaluations.count_running(session) == 0


def test_cancelling_takes_a_running_evaluation_from_its_worker(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    claim(database, evaluation)
    with database.write() as session:
        assert evaluations.count_under_way(session, run.id) == 1
        assert evaluations.cancel_all(session, run.id) == 1
        assert evaluations.count_under_way(session, run.id) == 0
        assert not evaluations.renew(session, evaluation.id, 1, 60)


def test_the_first_message_of_a_run_is_found(database: Database, run: Run, evaluation: Evaluation) -> None:
    with database.write() as session:
        assert evaluations.any_message(session, run.id) is None
    claim(database, evaluation)
    with database.write() as session:
        evaluations.finish(session, evaluation.id, 1, **{**RESULT, "message": "no such file"})
        assert evaluations.any_message(session, run.id) == "no such file"


def test_what_was_cancelled_can_be_resumed_and_the_attempt_before_may_not_write(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    with database.write() as session:
        requests.add(session, evaluation, Requester(run.id, BASELINE, label="b"))
        evaluations.claim(session, evaluation.id, "slow", 60)
        evaluations.cancel_all(session, run.id)
        assert list(evaluations.resume_cancelled(session, run.id)) == [evaluation.id]
        assert not evaluations.renew(session, evaluation.id, 1, 60)
        again = evaluations.claim(session, evaluation.id, "other", 60)
        assert again is not None
        assert again.attempt > 1


def test_what_is_resumed_has_a_whole_round_of_attempts_before_it(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    with database.write() as session:
        requests.add(session, evaluation, Requester(run.id, BASELINE, label="b"))
        for _ in range(2):
            evaluations.claim(session, evaluation.id, "one", 60)
            evaluations.cancel_all(session, run.id)
            evaluations.resume_cancelled(session, run.id)
        attempts = []
        for _ in range(MOST_ATTEMPTS):
            claimed = evaluations.claim(session, evaluation.id, "one", 60)
            assert claimed is not None
            attempts.append(may_try_again(claimed.attempt))
            evaluations.give_back(session, evaluation.id, claimed.attempt)
    assert attempts == [True, True, False]


def test_what_only_an_ablation_wanted_is_not_resumed(database: Database, run: Run, evaluation: Evaluation) -> None:
    with database.write() as session:
        requests.add(session, evaluation, Requester(run.id, ABLATION, label="b"))
        evaluations.cancel_all(session, run.id)
        assert list(evaluations.resume_cancelled(session, run.id)) == []


def test_what_is_known_is_shared_and_only_what_was_cancelled_begins_again(
    database: Database, evaluation: Evaluation
) -> None:
    same: dict[str, Any] = {
        "run_id": evaluation.run_id,
        "behaviour_id": evaluation.behaviour_id,
        "fold": 0,
        "specification": {"epochs": 1},
    }
    with database.write() as session:
        new, is_due = evaluations.get_or_add(session, key="other", **same)
        assert (new.id != evaluation.id, is_due) == (True, True)
        known, is_due = evaluations.get_or_add(session, key="k", **same)
        assert (known.id, is_due) == (evaluation.id, False)
        evaluations.cancel_all(session, same["run_id"])
        session.refresh(known)
        again, is_due = evaluations.get_or_add(session, key="k", **same)
        assert (again.id, again.state, is_due) == (evaluation.id, EvaluationState.PENDING, True)


def test_what_was_finished_with_a_key_is_found_in_all_runs_and_what_was_trained_comes_first(
    database: Database, run: Run, evaluation: Evaluation
) -> None:
    with database.write() as session:
        ends: list[dict[str, Any]] = [
            {**RESULT, "taken_from": 99},
            {**RESULT, "score": None, "reason": "nan"},
            {**RESULT, "score": None, "reason": "lost"},
            RESULT,
        ]
        ids = []
        for index, end in enumerate(ends):
            other = runs.add(session, experiment_id=run.experiment_id, index=index + 1, seed=1, generations=1)
            same = evaluations.add(
                session, run_id=other.id, behaviour_id=evaluation.behaviour_id, key="k", fold=0, specification={}
            )
            evaluations.claim(session, same.id, "w", 60)
            evaluations.finish(session, same.id, 1, **end)
            ids.append(same.id)
        found = evaluations.finished_with_key(session, "k", ("nan",))
        assert [row.id for row in found] == [ids[1], ids[3], ids[0]]
        assert list(evaluations.finished_with_key(session, "other", ("nan",))) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_known_is_looked_for_by_key_and_not_among_all_that_is_finished(database: Database) -> None:
    (plan,) = query_plans(database, lambda session: evaluations.finished_with_key(session, "k", ("nan",)))
    assert "INDEX ix_evaluation_key_state (key=? AND state=?)" in plan
