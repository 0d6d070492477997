import pytest
from hypothesis import given

from backend.expressions.nodes import Node
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.words import describe, describe_afterwards

_EPOCHS = 20
_STEPS = "if_func(epoch < 1, 0.02, if_func(epoch < 3, 0.03, if_func(epoch < 7, 0.01, 0.001)))"
_SWINGING = "if_func(learning_rate < 0.01, 0.05, 0.001)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.05", "0.05 throughout."),
        ("if_func(epoch < 12, 0.05, 0.0011)", "0.05 for the first 12 epochs, then 0.0011."),
        (
            _STEPS,
            "0.02 for the first epoch, 0.03 for the next 2 epochs, 0.01 for the next 4 epochs, then 0.001.",
        ),
        ("if_func(epoch < 19, 0.05, 0.0011090909090909092)", "0.05 for the first 19 epochs, then 0.001109."),
        (_SWINGING, "0.05 and 0.001 in turns throughout; reads the previous rate."),
        (
            f"if_func(epoch < 4, 0.02, {_SWINGING})",
            "0.02 for the first 4 epochs, then 0.001 and 0.05 in turns; reads the previous rate.",
        ),
        (
            "if_func(learning_rate < 0.015, 0.02, if_func(learning_rate < 0.025, 0.03, 0.01))",
            "0.02, 0.03 and 0.01 in turns throughout; reads the previous rate.",
        ),
        ("0.1 / (epoch + 1)", "A fall from 0.1 to 0.005."),
        ("0.001 * (epoch + 1)", "A rise from 0.001 to 0.02."),
        ("square(0.1 * (epoch - 10))", "19 changes between 0 and 1, from 1 to 0.81."),
        ("0 - 1", "The rate of epoch 0 is negative (-1)."),
    ],
)
def test_the_shape_is_said_in_plain_words(text: str, words: str) -> None:
    assert describe(Schedule.from_text(text), _EPOCHS) == words


def test_a_previous_rate_that_makes_no_difference_is_not_mentioned() -> None:
    schedule = Schedule.from_text("if_func(learning_rate < 0, 0.1, 0.05)")
    assert describe(schedule, _EPOCHS) == "0.05 throughout."


def test_one_epoch_is_a_training_too() -> None:
    assert describe(Schedule.from_text(_SWINGING), 1) == "0.05 throughout; reads the previous rate."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_STEPS, "If the training went on for 100 more epochs, the rate would stay at 0.001."),
        (
            "if_func(epoch < 30, 0.1, 0.2)",
            "If the training went on for 100 more epochs: 0.1 for the first 10 epochs, then 0.2.",
        ),
        (
            "if_func(epoch < 20, 0.1, 0.2)",
            "If the training went on for 100 more epochs: 0.2 throughout.",
        ),
        (
            "0.5 - 0.02 * epoch",
            "If the training went on for 100 more epochs, it would meet a rate that cannot train.",
        ),
    ],
)
def test_what_would_come_after_the_last_epoch_is_said(text: str, words: str) -> None:
    assert describe_afterwards(Schedule.from_text(text), _EPOCHS) == words


@given(...)
def test_every_schedule_is_described_in_one_line_that_ends(node: Node) -> None:
    schedule = Schedule(node)
    for words in (describe(schedule, 5), describe_afterwards(schedule, 5)):
        assert words.endswith(".")
        assert words.isprintable()
