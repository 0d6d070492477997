import json
from dataclasses import replace

import pytest

from backend.problems.result import EpochRow, EvaluationResult

ROW = EpochRow(epoch=0, loss=2.3, accuracy=0.1, val_loss=2.2, val_accuracy=0.2, rate=0.01, seconds=0.5)


def test_a_result_travels_as_json_and_comes_back_the_same() -> None:
    result = EvaluationResult(
        score=0.5,
        reason=None,
        message=None,
        best_epoch=0,
        stopped_early=False,
        epochs=(ROW,),
        seconds=1.5,
        numerics={"threads": 1},
    )
    text = json.dumps(result.to_json(), allow_nan=False)
    assert EvaluationResult.from_json(json.loads(text)) == result


def test_a_row_travels_as_json_and_comes_back_the_same() -> None:
    assert EpochRow.from_json(json.loads(json.dumps(ROW.to_json()))) == ROW


def test_a_row_from_before_rates_could_change_within_an_epoch_is_read() -> None:
    stored = ROW.to_json()
    del stored["rate_low"], stored["rate_high"]
    assert EpochRow.from_json(stored) == ROW


def test_the_row_of_what_was_kept_is_that_of_the_scored_weights() -> None:
    rows = (ROW, replace(ROW, epoch=1, val_accuracy=0.3))
    kept = EvaluationResult(0.5, None, None, 0, False, rows, 1.0, kept_epoch=1)
    assert kept.kept_epoch is not None
    assert kept.epochs[kept.kept_epoch] == rows[1]
    assert EvaluationResult.failed("nan", "").kept_epoch is None


def test_a_result_from_before_the_kept_epoch_was_told_is_read() -> None:
    stored = EvaluationResult(0.5, None, None, 0, False, (ROW,), 1.0, kept_epoch=0).to_json()
    del stored["kept_epoch"]
    assert EvaluationResult.from_json(stored).kept_epoch is None


def test_a_failure_has_a_reason_and_a_message_instead_of_a_score() -> None:
    result = EvaluationResult.failed("timeout", "No progress for an hour.")
    assert (result.score, result.reason, result.message) == (None, "timeout", "No progress for an hour.")


def test_a_result_without_score_and_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="a score or a reason"):
        EvaluationResult(None, None, None, None, False, (), 0.0)


def test_a_result_with_score_and_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="a score or a reason"):
        EvaluationResult(0.5, "nan", None, None, False, (), 0.0)


def test_an_unknown_reason_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'tired'; one of nan, diverged"):
        EvaluationResult(None, "tired", None, None, False, (), 0.0)  # type: ignore[arg-type]  # refused here
