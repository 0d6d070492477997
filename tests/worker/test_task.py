from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from backend.dispatch.recording import RecordingSender
from backend.experiments.control import cancel
from backend.experiments.launch import Launched
from backend.experiments.progress import run_document
from backend.problems.result import EpochRow, EvaluationResult
from backend.settings.settings import Settings
from backend.store.database import Database
from tests.worker.evaluations import FINGERPRINT, OWNER, claimed_by, evaluation, evaluator, launched, row, train_at_once
from worker import task
from worker.training.train import TrainingAborted


def test_a_message_becomes_a_recorded_result(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    evaluator(database, sender, settings).evaluate(run.evaluation_ids[0])
    done = evaluation(database, run.evaluation_ids[0])
    assert (done.state, done.attempt, done.owner, done.reason) == ("finished", 1, OWNER, None)
    assert done.score is not None
    assert done.result is not None
    assert done.result["epochs"] == [row(0).to_json()]


def test_working_off_all_messages_brings_the_run_to_its_end(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    work = evaluator(database, sender, settings)
    while sender.sent:
        work.evaluate(sender.sent.pop(0))
    with database.read() as session:
        document = run_document(session, run.runs[0].id)
    assert (document["state"], document["generation"], document["trainings_failed"]) == ("finished", 1, 0)


def test_a_message_that_comes_twice_is_trained_once(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    trainings = []

    def train(*arguments: Any, **options: Any) -> EvaluationResult:
        trainings.append(1)
        return train_at_once(*arguments, **options)

    work = evaluator(database, sender, settings, train)
    work.evaluate(run.evaluation_ids[0])
    work.evaluate(run.evaluation_ids[0])
    assert len(trainings) == 1


def test_a_message_about_nothing_is_dropped(database: Database, sender: RecordingSender, settings: Settings) -> None:
    evaluator(database, sender, settings).evaluate(12345)
    assert sender.sent == []


def test_an_exception_in_the_training_is_the_result_and_not_the_end_of_the_worker(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    def train(*_: Any, **__: Any) -> EvaluationResult:
        raise ArithmeticError("no such tensor")

    evaluator(database, sender, settings, train).evaluate(run.evaluation_ids[0])
    done = evaluation(database, run.evaluation_ids[0])
    assert (done.state, done.score, done.reason) == ("finished", None, "error")
    assert done.message is not None
    assert done.message.startswith("ArithmeticError: no such tensor")
    assert "test_task.py" in done.message


def test_a_training_that_is_asked_to_stop_leaves_its_evaluation_to_be_released(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    def train(*_: Any, should_stop: Callable[[], bool], **__: Any) -> EvaluationResult:
        assert should_stop()
        raise TrainingAborted

    evaluator(database, sender, settings, train, stopping=lambda: True).evaluate(run.evaluation_ids[0])
    left = evaluation(database, run.evaluation_ids[0])
    assert (left.state, left.owner) == ("running", OWNER)


def test_the_epochs_so_far_can_be_seen_while_it_trains(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "REPORT_SECONDS", 0.0)
    seen = []

    def train(*_: Any, on_epoch: Callable[[EpochRow], None], **__: Any) -> EvaluationResult:
        for epoch in range(3):
            on_epoch(row(epoch))
            seen.append(evaluation(database, run.evaluation_ids[0]).progress)
        raise TrainingAborted

    evaluator(database, sender, settings, train).evaluate(run.evaluation_ids[0])
    assert [len(progress) for progress in seen if progress is not None] == [1, 2, 3]


def test_whoever_trains_what_was_cancelled_is_told_with_the_next_epoch(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "REPORT_SECONDS", 0.0)
    answers = []

    def train(
        *_: Any, on_epoch: Callable[[EpochRow], None], should_stop: Callable[[], bool], **__: Any
    ) -> EvaluationResult:
        with database.write() as session:
            cancel(session, run.runs[0].id)
        answers.append(should_stop())
        on_epoch(row(0))
        answers.append(should_stop())
        raise TrainingAborted

    evaluator(database, sender, settings, train).evaluate(run.evaluation_ids[0])
    assert answers == [False, True]
    assert evaluation(database, run.evaluation_ids[0]).state == "cancelled"


def test_a_result_that_comes_after_another_worker_took_over_is_not_written(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    def train(*arguments: Any, **options: Any) -> EvaluationResult:
        # The lease is over: somebody else claims it.
        claimed_by(database, run.evaluation_ids[0], owner="slot-2")
        return train_at_once(*arguments, **options)

    short = settings.model_copy(update={"lease_seconds": -1.0})
    evaluator(database, sender, short, train).evaluate(run.evaluation_ids[0])
    now = evaluation(database, run.evaluation_ids[0])
    assert (now.state, now.owner, now.attempt) == ("running", "slot-2", 2)


def never(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("it was trained")


@pytest.fixture
def reusing(settings: Settings) -> Settings:
    """Settings under which results are taken over."""
    return settings.model_copy(update={"reuse_trainings": True})


def repeated(database: Database, sender: RecordingSender) -> int:
    """Launch the same run again; return its first evaluation."""
    return launched(database, sender).evaluation_ids[0]


def test_what_an_equal_training_came_to_is_taken_over_and_the_run_goes_on(
    database: Database, sender: RecordingSender, reusing: Settings, run: Launched, caplog: pytest.LogCaptureFixture
) -> None:
    trains = evaluator(database, sender, reusing)
    while sender.sent:
        trains.evaluate(sender.sent.pop(0))
    again = launched(database, sender)
    takes_over = evaluator(database, sender, reusing, never)
    with caplog.at_level("INFO", task.__name__):
        while sender.sent:
            takes_over.evaluate(sender.sent.pop(0))
    first, second = (evaluation(database, each.evaluation_ids[0]) for each in (run, again))
    assert (second.state, second.score, second.reason, second.result) == ("finished", first.score, None, first.result)
    assert (first.taken_from, second.taken_from) == (None, first.id)
    assert f"taken over from evaluation {first.id}" in caplog.text
    with database.read() as session:
        before, after = (run_document(session, each.runs[0].id) for each in (run, again))
    assert (after["state"], after["digest"], after["trainings"]) == ("finished", before["digest"], before["trainings"])


def test_of_a_chain_everybody_points_to_the_one_that_was_trained(
    database: Database, sender: RecordingSender, reusing: Settings, run: Launched
) -> None:
    evaluator(database, sender, reusing).evaluate(run.evaluation_ids[0])
    chain = [repeated(database, sender) for _ in range(3)]
    for evaluation_id in chain:
        evaluator(database, sender, reusing, never).evaluate(evaluation_id)
    assert {evaluation(database, each).taken_from for each in chain} == {run.evaluation_ids[0]}


def test_without_the_setting_everything_is_trained_and_nobody_is_asked_for_a_fingerprint(
    database: Database, sender: RecordingSender, settings: Settings, run: Launched
) -> None:
    for evaluation_id in (run.evaluation_ids[0], repeated(database, sender)):
        evaluator(database, sender, settings, fingerprint=never).evaluate(evaluation_id)
        assert evaluation(database, evaluation_id).score is not None
        assert evaluation(database, evaluation_id).taken_from is None


def test_what_other_numerics_trained_is_trained_again(
    database: Database, sender: RecordingSender, reusing: Settings, run: Launched
) -> None:
    evaluator(database, sender, reusing).evaluate(run.evaluation_ids[0])
    again = repeated(database, sender)
    elsewhere = {**FINGERPRINT, "processor": "another"}
    evaluator(database, sender, reusing, fingerprint=lambda: elsewhere).evaluate(again)
    assert evaluation(database, again).score is not None
    assert evaluation(database, again).taken_from is None


def test_a_training_that_met_an_error_is_trained_again(
    database: Database, sender: RecordingSender, reusing: Settings, run: Launched
) -> None:
    evaluator(database, sender, reusing, never).evaluate(run.evaluation_ids[0])
    again = repeated(database, sender)
    evaluator(database, sender, reusing).evaluate(again)
    assert evaluation(database, run.evaluation_ids[0]).reason == "error"
    assert evaluation(database, again).score is not None


def test_what_was_cancelled_just_after_it_was_claimed_takes_nothing_over(
    database: Database, sender: RecordingSender, reusing: Settings, run: Launched
) -> None:
    evaluator(database, sender, reusing).evaluate(run.evaluation_ids[0])
    again = launched(database, sender)

    def cancelled_meanwhile() -> dict[str, Any]:
        with database.write() as session:
            cancel(session, again.runs[0].id)
        return dict(FINGERPRINT)

    evaluator(database, sender, reusing, never, fingerprint=cancelled_meanwhile).evaluate(again.evaluation_ids[0])
    left = evaluation(database, again.evaluation_ids[0])
    assert (left.state, left.score, left.taken_from) == ("cancelled", None, None)
