import pytest

from backend.export.context import ExportContext
from backend.export.keras_schedule import export_schedule
from backend.export.schedule_proof import prove_schedule
from backend.phenotypes.schedule import Schedule

_STEP = Schedule.from_text("if_func(epoch < 3, 0.1, if_func(learning_rate > 0.05, 0.01, learning_rate))")


@pytest.mark.training
def test_an_exported_schedule_gives_keras_the_rates_it_was_evolved_with(context: ExportContext) -> None:
    proof = prove_schedule(_STEP, export_schedule(_STEP, context), context.epochs)
    assert proof.difference is not None
    assert (proof.difference.absolute, proof.steps, proof.elements) == (0, context.epochs, 1)
    assert proof.text.startswith("Proven with Keras ")
    assert f"after {context.epochs} epochs" in proof.text


@pytest.mark.training
def test_a_file_that_is_a_little_wrong_is_found_out(context: ExportContext) -> None:
    wrong = export_schedule(_STEP, context).replace("0.01", "0.0101")
    assert "different from epoch 3 on" in prove_schedule(_STEP, wrong, context.epochs).text


def test_rates_that_cannot_train_are_the_reason(context: ExportContext) -> None:
    proof = prove_schedule(Schedule.from_text("-0.1"), "", context.epochs)
    assert proof.text == "Not proven here: The rate of epoch 0 is negative (-0.1)."


def test_an_interpreter_that_is_not_there_is_the_reason(context: ExportContext) -> None:
    assert "cannot be started" in prove_schedule(_STEP, "", context.epochs, "/nowhere/python").text
