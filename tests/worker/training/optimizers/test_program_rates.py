import numpy as np
import pytest

from backend.phenotypes.schedule_program import ScheduleProgram
from worker.training.optimizers.program_rates import ProgramRates


def _rates(text: str, set_per: str = "batch") -> ProgramRates:
    return ProgramRates(ScheduleProgram.from_text(text, epochs=3, set_per=set_per))


def _seen(rates: ProgramRates, epoch: int, losses: list[float]) -> list[float]:
    rates.begin_epoch(epoch)
    return [float(rates(np.float32(loss))) for loss in losses]


def test_a_step_sees_the_loss_of_the_one_before_over_the_ends_of_epochs() -> None:
    rates = _rates("loss")
    assert _seen(rates, 0, [0.5, 0.25]) == [float(np.float32(0.01)), 0.5]
    assert _seen(rates, 1, [0.125, 0.75]) == [0.25, 0.125]


def test_set_per_epoch_all_steps_have_the_rate_of_the_first() -> None:
    rates = _rates("loss", "epoch")
    assert _seen(rates, 0, [0.5, 0.25]) == [float(np.float32(0.01))] * 2
    assert _seen(rates, 1, [0.125, 0.75]) == [0.25, 0.25]


def test_the_epoch_and_the_validation_loss_of_the_one_before_are_seen() -> None:
    rates = _rates("val_loss - epoch * 0.125")
    assert _seen(rates, 0, [1.0]) == [float(np.float32(0.01))]
    rates.validated(0.5)
    assert _seen(rates, 1, [1.0, 1.0]) == [0.375, 0.375]
    assert _seen(rates, 2, [1.0]) == [0.25]


def test_a_call_more_in_the_same_epoch_goes_on_with_it() -> None:
    rates = _rates("loss", "epoch")
    _seen(rates, 0, [0.5])
    _seen(rates, 1, [0.125])
    assert _seen(rates, 1, [0.75]) == [0.5]
    assert (rates.mean, rates.range) == (0.5, None)


def test_an_epoch_has_the_mean_and_the_range_of_its_steps() -> None:
    rates = _rates("loss")
    _seen(rates, 0, [0.5, 0.25, 0.75])
    _seen(rates, 1, [0.125, 0.25, 0.0])
    assert rates.mean == pytest.approx((0.75 + 0.125 + 0.25) / 3, abs=1e-16)
    assert rates.range == (0.125, 0.75)


def test_a_loss_that_is_a_float32_is_seen_as_the_same_float64() -> None:
    loss = np.float32(0.3)
    rates = _rates("(loss - 0.3) * 10000000")
    assert _seen(rates, 0, [float(loss), 0.0])[1] == float(np.float32((float(loss) - 0.3) * 1e7))
