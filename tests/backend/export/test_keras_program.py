import ast
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from backend.export.context import ExportContext
from backend.export.keras_program import export_program
from backend.expressions.nodes import Node
from backend.phenotypes.program_behaviour import known_rates
from backend.phenotypes.schedule import as_float32
from backend.phenotypes.schedule_program import ScheduleProgram, SetPer, ValLoss
from tests.backend.programs import PROGRAMS, VALUES, tower

Import = Callable[[str], ModuleType]

# Keras's own way of reading a rate is older than NumPy 2.
_KERAS_READS_ITS_VARIABLES = "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"
_EPOCHS = 4
_LOSSY = "multiply(0.01, loss) / (epoch + 1) + multiply(0.001, val_loss)"


def _exported(program: ScheduleProgram, context: ExportContext, imported: Import) -> ModuleType:
    return imported(export_program(program, context))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(node=PROGRAMS, values=VALUES)
def test_the_exported_file_gives_the_rates_of_the_program(
    node: Node, values: dict[str, float], context: ExportContext, imported: Import
) -> None:
    seen = (int(values["epoch"]) % _EPOCHS, values["loss"], values["val_loss"])
    for val_loss in ValLoss:
        program = ScheduleProgram(node, _EPOCHS, val_loss=val_loss)
        found = _exported(program, context, imported).rate(*seen)
        assert isinstance(found, float)
        assert as_float32(found) == program.rate(*seen)


def test_the_docstring_tells_where_the_program_comes_from(context: ExportContext, imported: Import) -> None:
    program = ScheduleProgram.from_text(_LOSSY, _EPOCHS, set_per="epoch")
    module = _exported(program, context, imported)
    assert module.__doc__ is not None
    for part in ("grows with the loss", "Run: 3, quickstart", "Fitness: 0.8125", program.text):
        assert part in module.__doc__.replace("\n", " ")
    assert (module.EPOCHS, module.FIRST_LOSS, module.SET_PER) == (_EPOCHS, 0.01, "epoch")


def test_no_text_of_a_user_becomes_code(context: ExportContext) -> None:
    program = ScheduleProgram.from_text(_LOSSY, _EPOCHS)
    harmless = ast.parse(export_program(program, context))
    for typed in ('"""\nimport os\n"""', "\\", "$words ${body}", "‮ reversed"):
        found = ast.parse(export_program(program, replace(context, name=typed, problem=typed)))
        assert [ast.dump(node) for node in found.body[1:]] == [ast.dump(node) for node in harmless.body[1:]]


def test_only_the_functions_that_the_program_calls_come_with_it(context: ExportContext) -> None:
    source = export_program(ScheduleProgram.from_text("epoch * 0.00116184 + 0.00153748", _EPOCHS), context)
    assert "finite_or" not in source
    assert "    return 0.00153748 + 0.00116184 * epoch\n" in source


def test_a_program_of_thousands_of_levels_is_a_file_that_python_reads(context: ExportContext, imported: Import) -> None:
    program = ScheduleProgram(tower(5_000), _EPOCHS)
    assert as_float32(_exported(program, context, imported).rate(3, 0.5, 0.5)) == program.rate(3, 0.5, 0.5)


def _model() -> Any:
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(), loss="mse")
    return model


def _data() -> tuple[Any, Any]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(50, 3)).astype("float32"), rng.normal(size=(50, 1)).astype("float32")


def _trained(model: Any, callback: Any) -> tuple[list[tuple[int, float]], list[float], dict[str, list[float]]]:
    """Train in batches of 7; return epoch and rate of each batch, its loss as measured before it, and the history."""
    import keras

    x, y = _data()
    rates: list[tuple[int, float]] = []
    losses: list[float] = []

    class Watch(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.epoch = epoch

        def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
            rates.append((self.epoch, float(self.model.optimizer.learning_rate.numpy())))
            part = slice(7 * batch, 7 * batch + 7)
            losses.append(float(np.mean((self.model(x[part]).numpy() - y[part]) ** 2)))

    history = model.fit(
        x,
        y,
        batch_size=7,
        shuffle=False,
        epochs=_EPOCHS,
        validation_data=(x[:9], y[:9]),
        callbacks=[callback, Watch()],
        verbose=0,
    ).history
    return rates, losses, history


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
@pytest.mark.parametrize("set_per", SetPer)
def test_a_training_with_keras_takes_the_rates_that_the_program_gives_to_each_batch_s_own_loss(
    set_per: SetPer, context: ExportContext, imported: Import
) -> None:
    program = ScheduleProgram.from_text(_LOSSY, _EPOCHS, set_per=set_per)
    callback = _exported(program, context, imported).callback()
    own: list[float] = []
    end_of_batch = callback.on_train_batch_end

    def on_train_batch_end(batch: int, logs: Any = None) -> None:
        end_of_batch(batch)
        own.append(callback.loss)

    callback.on_train_batch_end = on_train_batch_end
    rates, losses, history = _trained(_model(), callback)
    # What the callback saw is the loss of each batch by itself, measured otherwise here and so rounded otherwise.
    assert own == pytest.approx(losses, rel=1e-5)
    assert all(loss == as_float32(loss) for loss in own)
    assert rates == _expected(program, own, history["val_loss"])
    assert len({rate for _, rate in rates}) == (len(rates) if set_per is SetPer.BATCH else _EPOCHS)


def _expected(program: ScheduleProgram, losses: list[float], val_losses: list[float]) -> list[tuple[int, float]]:
    """Return the rates that our own meaning of the program gives to the losses of a training."""
    rates: list[tuple[int, float]] = []
    before = [0.01, *losses]
    batches = len(losses) // _EPOCHS
    for number in range(len(losses)):
        epoch = number // batches
        seen = before[number if program.set_per is SetPer.BATCH else epoch * batches]
        rates.append((epoch, program.rate(epoch, seen, val_losses[epoch - 1] if epoch else 0.01)))
    return rates


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_a_model_trains_again_and_without_the_callback_as_before(context: ExportContext, imported: Import) -> None:
    module = _exported(ScheduleProgram.from_text("multiply(0.01, loss)", _EPOCHS), context, imported)
    model, (x, y) = _model(), _data()
    model.fit(x, y, epochs=1, verbose=0)
    model.fit(x, y, epochs=1, callbacks=[module.callback()], verbose=0)
    # As if a training had been interrupted.
    interrupted = module.callback()
    interrupted.set_model(model)
    interrupted.on_train_begin()
    first = _trained(model, module.callback())[0]
    assert first[0] == (0, as_float32(0.01 * 0.01))
    assert len({rate for _, rate in first}) == len(first)
    assert "compute_loss" not in vars(model)
    model.fit(x, y, epochs=1, verbose=0)


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_steps_that_hide_batches_are_refused(context: ExportContext, imported: Import) -> None:
    module = _exported(ScheduleProgram.from_text("loss", _EPOCHS), context, imported)
    model, (x, y) = _model(), _data()
    model.compile(optimizer="adam", loss="mse", steps_per_execution=2)
    with pytest.raises(ValueError, match="steps_per_execution must be 1"):
        model.fit(x, y, epochs=1, callbacks=[module.callback()], verbose=0)


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_a_program_of_the_epoch_alone_is_a_plain_schedule_in_keras(context: ExportContext, imported: Import) -> None:
    program = ScheduleProgram.from_text("epoch * 0.00116184 + 0.00153748 + 0 * sin(loss)", _EPOCHS)
    module = _exported(program, context, imported)
    model, (x, y) = _model(), _data()
    model.compile(optimizer="adam", loss="mse", steps_per_execution=2)
    history = model.fit(x, y, epochs=_EPOCHS, callbacks=[module.callback()], verbose=0).history
    assert tuple(map(float, history["learning_rate"])) == known_rates(program)
    assert module.SET_PER == "epoch"
