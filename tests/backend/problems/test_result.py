import json

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
