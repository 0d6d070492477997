import pytest

from backend.phenotypes.schedule import Schedule
from backend.phenotypes.schedule_constants import schedule_constants, text_with_constants
from backend.phenotypes.schedule_program import ScheduleProgram
from backend.phenotypes.tunable import Scale, Tunable

SWITCH = Schedule.from_text("if_func(epoch < 60, 0.02, 0.002)")
PROGRAM = ScheduleProgram.from_text("multiply(0.5, add(loss, multiply(0, val_loss)))", epochs=10)


def test_rates_and_epochs_are_constants() -> None:
    assert schedule_constants(SWITCH) == {
        "constant_1": Tunable(60, 20, 180, Scale.LOG),
        "constant_2": Tunable(0.02, 0.02 / 3, 0.06, Scale.LOG),
        "constant_3": Tunable(0.002, 0.002 / 3, 0.006, Scale.LOG),
    }


def test_an_epoch_between_two_compares_like_the_next() -> None:
    between, after = (
        Schedule.from_text(text_with_constants(SWITCH, {"constant_1": epoch})).rates(100) for epoch in (46.3, 47)
    )
    assert between == after
    assert between != SWITCH.rates(100)


def test_what_makes_no_difference_is_no_constant() -> None:
    assert list(schedule_constants(Schedule.from_text("if_func(epoch < 1000, 0.02, if_func(1 < 2, 0.02, 0.3))"))) == [
        "constant_1"
    ]


def test_a_schedule_without_a_number_has_no_constants() -> None:
    assert schedule_constants(Schedule.from_text("divide_no_nan(learning_rate, epoch)")) == {}


@pytest.mark.parametrize("schedule", [SWITCH, PROGRAM])
def test_the_usual_values_leave_a_schedule_as_it_is(schedule: Schedule | ScheduleProgram) -> None:
    usual = {name: each.default for name, each in schedule_constants(schedule).items()}
    assert text_with_constants(schedule, usual) == text_with_constants(schedule, {})


def test_a_program_is_tuned_in_its_own_words() -> None:
    assert list(schedule_constants(PROGRAM)) == ["constant_1"]
    changed = ScheduleProgram.from_text(text_with_constants(PROGRAM, {"constant_1": 0.25}), epochs=10)
    assert changed.rate(3, loss=2.0) == 0.5
