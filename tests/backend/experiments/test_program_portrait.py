"""Schedule programs as people see them."""

import math

import pytest

from backend.experiments.design import Design, design
from backend.experiments.presets import resolve
from backend.experiments.program_portrait import (
    program_of,
    program_portrait,
    rate_surface,
    rates_at_losses,
    reads_a_loss,
)
from backend.phenotypes.schedule_program import ScheduleProgram
from tests.backend.experiments.farm import PROGRAMS, order, programs_order, rules_order


@pytest.fixture(scope="module")
def programs() -> Design:
    return design(resolve(programs_order()))


def _program(made: Design, text: str) -> ScheduleProgram:
    program = program_of(made, text)
    assert program is not None
    return program


def test_a_portrait_counts_what_was_bred_and_what_is_left_of_it(programs: Design) -> None:
    shown = program_portrait(_program(programs, "add(sin(loss), subtract(epoch, epoch))"))
    assert shown.reads == ("loss",)
    assert (shown.nodes, shown.depth, shown.dead, shown.left) == (6, 2, 4, 2)


def test_what_reads_a_loss_has_rates_at_a_high_a_middle_and_a_low_one(programs: Design) -> None:
    found = rates_at_losses(programs, "multiply(0.01, loss)")
    assert found is not None
    guessing = math.log(10)
    assert [each.loss for each in found] == pytest.approx([guessing, guessing / 2, guessing / 10])
    assert [len(each.rates) for each in found] == [5, 5, 5]
    assert found[0].rates[0] == pytest.approx(0.01 * guessing)


def test_what_reads_the_epoch_alone_has_none_and_neither_have_other_kinds(programs: Design) -> None:
    assert rates_at_losses(programs, "multiply(0.01, epoch)") is None
    for wanted, text in ((order(), "0.01"), (rules_order(), "x = 0; y = 0; z = 0; weight = g")):
        made = design(resolve(wanted))
        assert rates_at_losses(made, text) is None
        assert program_of(made, text) is None


def test_a_validation_loss_that_is_dead_is_no_loss_that_is_read() -> None:
    training = {"epochs": 5, "optimizer": "adam", "val_loss": "dead"}
    made = design(resolve(programs_order(overrides={**PROGRAMS, "training": training})))
    assert not reads_a_loss(_program(made, "add(epoch, val_loss)"))


def test_a_surface_goes_from_no_loss_to_beyond_guessing_in_every_planned_epoch(programs: Design) -> None:
    surface = rate_surface(programs, _program(programs, "multiply(0.01, loss)"), largest_met=0.0)
    assert surface.epochs == (0, 1, 2, 3, 4)
    assert surface.losses[0] == 0
    assert surface.losses[-1] == pytest.approx(1.25 * math.log(10))
    assert surface.rates[-1] == pytest.approx((0.01 * surface.losses[-1],) * 5)


def test_a_surface_reaches_the_largest_loss_that_a_training_met(programs: Design) -> None:
    assert rate_surface(programs, _program(programs, "loss"), largest_met=4.0).losses[-1] == pytest.approx(4.2)


def test_a_surface_does_not_follow_a_training_that_ran_away(programs: Design) -> None:
    surface = rate_surface(programs, _program(programs, "loss"), largest_met=1e6)
    assert surface.losses[-1] == pytest.approx(4 * math.log(10))


def test_the_surface_of_a_long_training_leaves_epochs_out() -> None:
    training = {"epochs": 1000, "optimizer": "adam"}
    made = design(resolve(programs_order(overrides={**PROGRAMS, "training": training})))
    epochs = rate_surface(made, _program(made, "loss"), 0.0).epochs
    assert len(epochs) == 100
    assert epochs[:2] == (0, 10)
