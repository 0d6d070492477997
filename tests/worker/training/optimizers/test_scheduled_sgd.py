from dataclasses import replace

import numpy as np
import pytest

from tests.worker.training.specifications import EVERYTHING
from worker.training.network import network_of
from worker.training.optimizers.scheduled_sgd import ScheduledSGD, sgd_loop

pytestmark = pytest.mark.training


def test_the_loop_of_a_problem_is_built_once() -> None:
    assert sgd_loop(EVERYTHING) is sgd_loop(replace(EVERYTHING))
    assert sgd_loop(EVERYTHING).network is network_of(EVERYTHING)


def test_an_epoch_has_the_rate_that_the_step_multiplies_with() -> None:
    optimizer = ScheduledSGD(EVERYTHING, np.array([0.1, 0.0011], np.float32))
    assert [optimizer.rate(epoch) for epoch in range(2)] == [float(np.float32(0.1)), float(np.float32(0.0011))]
