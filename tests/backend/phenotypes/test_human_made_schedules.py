import math

import pytest

from backend.phenotypes.behaviour import rate_vector
from backend.phenotypes.human_made import constant
from backend.phenotypes.human_made_schedules import HUMAN_MADE_SCHEDULES
from backend.phenotypes.schedule import as_float32


def _rates(name: str, epochs: int, **constants: float) -> tuple[float, ...]:
    return HUMAN_MADE_SCHEDULES[name].rates(epochs, **constants)


def _held(*rates: float) -> tuple[float, ...]:
    return tuple(map(as_float32, rates))


def test_the_published_rivals_are_constant_step_and_cosine_from_a_thousandth() -> None:
    assert _rates("constant", 30) == _held(*[0.001] * 30)
    steps = _rates("step", 30)
    assert steps == pytest.approx([0.001] * 10 + [0.0001] * 10 + [0.00001] * 10)
    cosine = _rates("cosine", 30)
    assert cosine[0] == as_float32(0.001)
    assert cosine[15] == pytest.approx(0.0005)
    assert cosine[29] == pytest.approx(0.001 * (1 + math.cos(math.pi * 29 / 30)) / 2)


def test_the_others_fall_rise_and_swing() -> None:
    assert _rates("exponential", 3, learning_rate=1.0, factor=0.5) == (1.0, 0.5, 0.25)
    assert _rates("one-cycle", 4, learning_rate=1.0, peak=0.5, start=0.5) == (0.5, 0.75, 1.0, 0.5)
    swing = _rates("triangular", 6, learning_rate=1.0, least=0.5, period=4)
    assert swing == (0.5, 0.75, 1.0, 0.75, 0.5, 0.75)


@pytest.mark.parametrize("name", HUMAN_MADE_SCHEDULES)
def test_every_usual_value_lies_in_its_range_and_every_bound_gives_usable_rates(name: str) -> None:
    schedule = HUMAN_MADE_SCHEDULES[name]
    assert schedule.title
    for constant_name, (low, high) in schedule.ranges.items():
        assert low <= schedule.constants[constant_name] <= high
        bounds = [schedule.rates(30, **{constant_name: bound}) for bound in (low, high)]
        assert bounds[0] != bounds[1]
        assert all(0 <= rate <= as_float32(0.1) and rate == as_float32(rate) for rates in bounds for rate in rates)


def test_a_constant_rate_is_the_behaviour_of_the_schedule_that_says_so() -> None:
    assert HUMAN_MADE_SCHEDULES["constant"].behaviour(30) == rate_vector(constant(0.001), 30)


def test_a_constant_that_a_schedule_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Cosine decay has no constant 'factor'; it has learning_rate"):
        _rates("cosine", 3, factor=0.5)
    with pytest.raises(ValueError, match="epochs must be 1 or more, not 0"):
        _rates("cosine", 0)


@pytest.mark.parametrize(("name", "field"), [("step", "every"), ("triangular", "period")])
@pytest.mark.parametrize("value", [0, 0.4, -3])
def test_a_step_or_a_cycle_of_no_epoch_is_refused(name: str, field: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{field} is {value}; rounded to whole epochs, 1 or more are allowed"):
        _rates(name, 3, **{field: value})
