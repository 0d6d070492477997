import math

import numpy as np
import pytest

from worker.training.failure import DIVERGED_FACTOR, TrainingFailed, check_epoch, check_steps
from worker.training.loop import Steps

LIMIT = DIVERGED_FACTOR * math.log(10)


def test_a_bad_loss_is_no_failure() -> None:
    check_epoch(0, 0.1, LIMIT, 1e9, classes=10)


def _steps(loss: float, *, finite: bool) -> Steps:
    return Steps(np.array([1.0, loss], np.float32), np.zeros(2, np.int32), finite)


def test_steps_of_finite_numbers_are_no_failure() -> None:
    check_steps(_steps(1e30, finite=True), 0, 0.1)


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_training_loss_that_is_no_number_is_nan(loss: float) -> None:
    with pytest.raises(
        TrainingFailed, match=r"training loss became .* in epoch 3 at the learning rate 0\.1"
    ) as failure:
        check_steps(_steps(loss, finite=False), 3, 0.1)
    assert failure.value.reason == "nan"


def test_a_weight_that_is_no_number_is_nan_and_without_a_rate_none_is_named() -> None:
    with pytest.raises(TrainingFailed, match=r"^A weight became NaN or infinite in epoch 3\.$") as failure:
        check_steps(_steps(1.0, finite=False), 3, None)
    assert failure.value.reason == "nan"


def test_a_training_loss_of_a_thousand_guesses_has_diverged() -> None:
    with pytest.raises(TrainingFailed, match="above 2303, 1000 times that of guessing") as failure:
        check_epoch(0, 0.1, LIMIT * 1.001, 1.0, classes=10)
    assert failure.value.reason == "diverged"


def test_a_problem_without_validation_part_has_no_validation_loss_to_check() -> None:
    check_epoch(0, 0.1, 2.3, None, 10)


def test_a_validation_loss_that_is_no_number_is_nan() -> None:
    with pytest.raises(TrainingFailed, match="validation loss") as failure:
        check_epoch(0, 0.1, 1.0, math.inf, classes=10)
    assert failure.value.reason == "nan"
