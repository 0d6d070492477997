import time

import pytest

from backend.experiments.launch import Launched
from backend.settings.settings import Settings
from backend.store import workers
from backend.store.database import Database
from tests.worker.evaluations import OWNER, claimed_by, evaluation, heartbeat
from worker.heartbeat import HUNG
from worker.leases import EvaluationLease


def test_a_beat_lengthens_the_lease_of_what_is_trained(database: Database, settings: Settings, run: Launched) -> None:
    claimed = claimed_by(database, run.evaluation_ids[0], lease_seconds=0.5)
    before = evaluation(database, claimed.evaluation_id).lease_expires_at
    beats = heartbeat(database, settings)
    with beats.watching(EvaluationLease(claimed)) as watched:
        beats.beat()
        assert not watched.abandoned
    assert evaluation(database, claimed.evaluation_id).lease_expires_at > before + 1


def test_nothing_is_renewed_once_the_training_is_over(database: Database, settings: Settings, run: Launched) -> None:
    claimed = claimed_by(database, run.evaluation_ids[0])
    before = evaluation(database, claimed.evaluation_id).lease_expires_at
    beats = heartbeat(database, settings)
    with beats.watching(EvaluationLease(claimed)):
        pass
    beats.beat()
    assert evaluation(database, claimed.evaluation_id).lease_expires_at == before


def test_a_training_that_somebody_else_took_over_is_abandoned(
    database: Database, settings: Settings, run: Launched
) -> None:
    claimed = claimed_by(database, run.evaluation_ids[0], lease_seconds=-1.0)
    claimed_by(database, run.evaluation_ids[0], owner="slot-2")
    beats = heartbeat(database, settings)
    with beats.watching(EvaluationLease(claimed)) as watched:
        beats.beat()
        assert watched.abandoned
    assert evaluation(database, claimed.evaluation_id).owner == "slot-2"


def test_a_training_without_progress_is_given_back_and_its_process_ends(
    database: Database, settings: Settings, run: Launched
) -> None:
    codes: list[int] = []
    claimed = claimed_by(database, run.evaluation_ids[0])
    beats = heartbeat(database, settings.model_copy(update={"evaluation_limit_seconds": 0.01}), codes.append)
    with beats.watching(EvaluationLease(claimed)):
        time.sleep(0.02)
        beats.beat()
    assert codes == [HUNG]
    assert evaluation(database, claimed.evaluation_id).state == "pending"


def test_the_third_time_that_it_hangs_is_its_result(database: Database, settings: Settings, run: Launched) -> None:
    beats = heartbeat(database, settings.model_copy(update={"evaluation_limit_seconds": 0.0}), lambda _code: None)
    for _ in range(3):
        with beats.watching(EvaluationLease(claimed_by(database, run.evaluation_ids[0]))):
            time.sleep(0.001)
            beats.beat()
    done = evaluation(database, run.evaluation_ids[0])
    assert (done.state, done.reason) == ("finished", "timeout")
    assert done.message == "The training made no progress for 0 seconds."


def test_progress_keeps_a_long_training_alive(database: Database, settings: Settings, run: Launched) -> None:
    codes: list[int] = []
    claimed = claimed_by(database, run.evaluation_ids[0])
    beats = heartbeat(database, settings.model_copy(update={"evaluation_limit_seconds": 0.5}), codes.append)
    with beats.watching(EvaluationLease(claimed)) as watched:
        for _ in range(4):
            time.sleep(0.2)
            watched.progressed()
            beats.beat()
    assert codes == []


def test_a_slot_is_unknown_until_it_knows_what_it_can_load_and_then_in_the_list(
    database: Database, settings: Settings
) -> None:
    beats = heartbeat(database, settings)
    beats.beat()
    with database.read() as session:
        assert workers.count_alive(session) == 0
    beats.introduce({"mnist-1d": None, "digits": "scikit-learn is missing."}, {"threads": 1})
    beats.beat()
    with database.read() as session:
        (slot,) = workers.alive(session)
    assert (slot.name, slot.queue, slot.problems["mnist-1d"]) == (OWNER, "cpu", None)
    assert slot.numerics == {"threads": 1}


def test_the_thread_beats_by_itself_and_at_once_when_there_is_news(database: Database, settings: Settings) -> None:
    beats = heartbeat(database, settings)
    beats.start()
    beats.introduce({}, {"threads": 1})
    deadline = time.monotonic() + 5
    found = 0
    while not found and time.monotonic() < deadline:
        with database.read() as session:
            found = workers.count_alive(session)
        time.sleep(0.01)
    beats.stop()
    assert found == 1


def test_a_database_that_does_not_answer_does_not_end_the_thread(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    absent = Database(f"postgresql://autolr@127.0.0.1:{settings.port}/nowhere")
    beats = heartbeat(absent, settings)
    beats.start()
    beats.introduce({}, {"threads": 1})
    deadline = time.monotonic() + 5
    while "did not answer the heartbeat" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.01)
    beats.stop()
    absent.close()
    assert "did not answer the heartbeat" in caplog.text
