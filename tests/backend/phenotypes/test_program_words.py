from typing import Any

import pytest
from hypothesis import given

from backend.expressions.nodes import Node
from backend.phenotypes.program_words import describe_program
from backend.phenotypes.schedule_program import ScheduleProgram, ValLoss
from tests.backend.programs import PROGRAMS, tower


def _words(text: str, **settings: Any) -> str:
    return describe_program(ScheduleProgram.from_text(text, **{"epochs": 10, **settings}))


def test_a_program_of_the_epoch_alone_is_described_by_its_rates() -> None:
    assert _words("epoch * 0.00116184 + 0.00153748") == "A rise from 0.001537 to 0.01199."
    assert _words("0.001") == "0.001 throughout."


def test_a_program_of_the_loss_is_described_by_what_it_does_where_it_was_tried() -> None:
    assert _words("0.01 * loss / (epoch + 1)") == (
        "The rate is 0.01 loss / (1 + epoch), kept between 0 and 1. "
        "It is set before every batch and reads the loss of the batch before and the number of the epoch. "
        "Tried on losses from 0.01 to 5 in epochs 0 to 9, it lies between 1e-05 and 0.05; "
        "it grows with the loss and falls with the epochs."
    )


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        ("cos(loss * 3) * 0.01", {}, "it goes up and down with the loss."),
        ("val_loss * 0.01", {}, "reads the validation loss of the epoch before."),
        ("val_loss * 0.01", {}, "it grows with the validation loss."),
        ("loss * epoch_share", {}, "and the share of the planned epochs that is done."),
        ("loss * 0.01", {"set_per": "epoch"}, "It is set at the start of every epoch and"),
        ("loss + 2", {}, "in epochs 0 to 9, it is always 1."),
        ("loss * 0.01", {"epochs": 1}, "in epochs 0 to 0, it lies between"),
        ("loss + val_loss", {"val_loss": "dead"}, "The val_loss in it is always 0."),
        ("0.001 + 0 * sin(loss)", {}, "0.001 throughout. It names loss, which makes no difference."),
        ("0.001 + 0 * sin(loss + val_loss)", {}, "It names loss and val_loss, which make no difference."),
        ("sin(loss) - 2", {}, "The rate is negative in every epoch (never above -1), which counts as 0"),
    ],
)
def test_what_it_does_is_said_in_plain_words(text: str, settings: dict[str, Any], words: str) -> None:
    assert words in _words(text, **settings)


def test_a_formula_that_is_too_long_to_be_read_is_left_out() -> None:
    words = describe_program(ScheduleProgram(tower(500, ScheduleProgram.from_text("loss", 1).expression), 3))
    assert words.startswith("It is set before every batch")


@given(node=PROGRAMS)
def test_every_program_is_described_in_one_line_that_ends(node: Node) -> None:
    for val_loss in ValLoss:
        words = describe_program(ScheduleProgram(node, 5, val_loss=val_loss))
        assert words.endswith(".")
        assert words.isprintable()
