import json
from typing import Any

import pytest
from hypothesis import given

from backend.expressions.nodes import Node
from backend.phenotypes.behaviour import RATE_VECTOR, SCHEDULE_PROGRAM, Behaviour, rate_vector
from backend.phenotypes.program_behaviour import known_rates, program_of, schedule_program, why_nothing_is_learned
from backend.phenotypes.schedule import CannotTrain, Schedule
from backend.phenotypes.schedule_program import ScheduleProgram, ValLoss
from tests.backend.programs import PROGRAMS, VALUES

_EPOCHS = 10


def _behaviour(text: str, **settings: Any) -> Behaviour:
    return schedule_program(ScheduleProgram.from_text(text, **{"epochs": _EPOCHS, **settings}))


def test_a_program_that_reads_a_loss_is_its_canonical_text_and_how_often_it_is_set() -> None:
    behaviour = _behaviour("multiply(loss + epoch, 0.001 + 0)")
    assert behaviour.kind == SCHEDULE_PROGRAM
    assert behaviour.content == {"program": "multiply(0.001, add(epoch, loss))", "set_per": "batch"}
    assert behaviour != _behaviour("multiply(loss + epoch, 0.001)", set_per="epoch")


def test_different_texts_of_the_same_program_are_one_behaviour() -> None:
    assert _behaviour("loss * 0.5") == _behaviour("(1 - 0.5 + 0 * cos(loss)) * loss")
    # What is added makes another program of it: where the loss is NaN, it is not any more.
    assert _behaviour("loss * 0.5") != _behaviour("0.5 * (loss + 0)")


def test_a_program_that_reads_the_epoch_alone_is_the_rate_vector_of_a_schedule_with_its_rates() -> None:
    schedule = Schedule.from_text("0.001 * epoch + 0.002")
    for text in ("0.001 * epoch + 0.002", "epoch * 0.001 + (0.002 + (sin(loss) - sin(loss)))"):
        behaviour = _behaviour(text)
        assert behaviour.kind == RATE_VECTOR
        assert behaviour == rate_vector(schedule, _EPOCHS)


def test_rates_that_are_clamped_or_depend_on_the_share_are_a_rate_vector_too() -> None:
    assert _behaviour("epoch - 1", epochs=4).content == {"rates": [0.0, 0.0, 1.0, 1.0]}
    assert _behaviour("epoch_share / 2", epochs=4).content == {"rates": [0.0, 0.125, 0.25, 0.375]}
    assert _behaviour("val_loss + 0.5", val_loss="dead", epochs=2).content == {"rates": [0.5, 0.5]}


def test_the_planned_epochs_count_only_where_the_share_is_read() -> None:
    assert _behaviour("loss * epoch_share", epochs=5) != _behaviour("loss * epoch_share", epochs=6)
    assert _behaviour("loss * epoch_share").content["epochs"] == _EPOCHS
    assert _behaviour("loss * epoch", epochs=5) == _behaviour("loss * epoch", epochs=6)


def test_what_does_not_see_the_batches_is_set_by_the_epoch() -> None:
    assert _behaviour("val_loss / 2") == _behaviour("val_loss / 2", set_per="epoch")


@given(node=PROGRAMS, values=VALUES)
def test_the_program_of_a_behaviour_gives_the_same_rates(node: Node, values: dict[str, float]) -> None:
    for val_loss in ValLoss:
        program = ScheduleProgram(node, 7, val_loss=val_loss)
        try:
            behaviour = schedule_program(program)
        except CannotTrain:
            continue
        seen = (int(values["epoch"]) % 7, values["loss"], values["val_loss"])
        stored = Behaviour(behaviour.kind, json.loads(json.dumps(behaviour.content)))
        assert stored.key == behaviour.key
        if behaviour.kind == RATE_VECTOR:
            assert known_rates(program)[seen[0]] == program.rate(*seen)
            assert behaviour.content == {"rates": list(known_rates(program))}
        else:
            assert program_of(stored, 7).rate(*seen) == program.rate(*seen)


@given(node=PROGRAMS, values=VALUES)
def test_a_program_that_is_said_to_learn_nothing_never_has_a_rate(node: Node, values: dict[str, float]) -> None:
    program = ScheduleProgram(node, 7)
    if why_nothing_is_learned(program) is not None:
        assert program.rate(int(values["epoch"]) % 7, values["loss"], values["val_loss"]) == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-0.25", "The rate is negative in every epoch (always -0.25), which counts as 0, so"),
        ("subtract(sin(epoch), 2)", "The rate is negative in every epoch (never above -1.01064)"),
        ("subtract(sin(loss), 1.5)", "The rate is negative in every epoch (never above -0.5), which counts as 0, so"),
        ("0", "The rate of every epoch is 0"),
        ("multiply(sin(loss), 0)", "The rate of every epoch is 0"),
        ("loss / loss - 1 - epoch", "The rate of every epoch is 0, negative"),
        ("multiply(1e-50, cos(loss))", "The rate of every epoch is 0, negative or too small to be told from 0, so"),
        ("epoch - 9", "The rate of every epoch is 0"),
        ("cos(loss) * 0.1 - 0.1 - epoch", "The rate of every epoch is 0"),
    ],
)
def test_a_rate_that_is_provably_zero_in_every_epoch_cannot_train(text: str, reason: str) -> None:
    with pytest.raises(CannotTrain) as found:
        _behaviour(text)
    assert str(found.value).startswith(reason)
    assert str(found.value).endswith("so that nothing would be learned.")


@pytest.mark.parametrize("text", ["loss", "subtract(0, loss)", "epoch - 8", "cos(loss) - 0.5", "1e200 * 1e200"])
def test_a_rate_that_may_be_above_zero_somewhere_can_train(text: str) -> None:
    assert _behaviour(text).key


def test_the_rates_of_the_planned_epochs_are_known_without_a_training() -> None:
    assert known_rates(ScheduleProgram.from_text("epoch * 0.25", 3)) == (0.0, 0.25, 0.5)
