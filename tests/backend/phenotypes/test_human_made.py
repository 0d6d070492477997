import pytest

from backend.phenotypes.human_made import BASELINES, CONSTANT_001, constant
from backend.phenotypes.schedule import Schedule


def test_the_baseline_is_the_constant_of_the_paper_in_the_language_of_schedules() -> None:
    assert CONSTANT_001.text == "0.01"
    assert Schedule.from_text("0.01") == CONSTANT_001
    assert BASELINES == {"constant 0.01": CONSTANT_001}


def test_a_constant_schedule_gives_its_rate_in_every_epoch() -> None:
    assert constant(0.5).rates(3) == (0.5, 0.5, 0.5)


def test_a_constant_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        constant(float("nan"))
