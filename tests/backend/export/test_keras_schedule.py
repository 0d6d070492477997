import ast
import importlib.util
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from backend.export.context import ExportContext
from backend.export.keras_schedule import export_schedule
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.phenotypes.behaviour import rate_vector
from backend.phenotypes.schedule import CannotTrain, Schedule, as_float32

_CONTEXT = ExportContext(
    name="quickstart",
    run_id=3,
    individual_id=57,
    seed=7,
    problem="mnist-1d",
    fitness=0.8125,
    generation=4,
    url="http://127.0.0.1:8400/individuals/57",
    epochs=5,
)
_PUBLISHED_RATES = np.linspace(0.0001, 0.1, 100).tolist()
_COMPARISONS = ("less", "less_equal", "greater", "greater_equal")
# Keras's own way of reading a rate is older than NumPy 2.
_KERAS_READS_ITS_VARIABLES = "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"
_numbers = count()
_HOSTILE = [
    '"""\nimport os\nos.abort()\n"""',
    '\\"""',
    "\\",
    'ends with "',
    "\u202e\u2066 reversed",
    "\ud800",
    "\x00\r\n\t",
    "$words ${body} {name} %s",
    "Зачёт · 日本語",
]


def _imported(source: str, folder: Path) -> ModuleType:
    # A name of its own: Python takes a file of the same name, size and second for the one it has compiled before.
    path = folder / f"exported_{next(_numbers)}.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("exported", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rates(module: ModuleType, epochs: int) -> tuple[float, ...]:
    """Do what Keras does: hand over the index of the epoch and the float32 rate, keep the answer as a float32."""
    rates = [as_float32(module.INITIAL_RATE)]
    for epoch in range(epochs):
        rates.append(as_float32(module.schedule(epoch, rates[-1])))
    return tuple(rates[1:])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(node=...)
def test_the_exported_file_gives_the_rates_of_the_schedule(node: Node, tmp_path: Path) -> None:
    for first_epoch in (0, 1):
        schedule = Schedule(node, first_epoch)
        module = _imported(export_schedule(schedule, _CONTEXT), tmp_path)
        assert isinstance(module.schedule(0, 0.01), float)
        try:
            expected = schedule.rates(5)
        except CannotTrain:
            continue
        assert _rates(module, 5) == expected


def test_the_docstring_tells_where_the_schedule_comes_from(tmp_path: Path) -> None:
    schedule = Schedule.from_text("if_func(epoch < 2, 0.05, if_func(epoch < 1, 0.1, 0.01))", initial_rate=0.02)
    module = _imported(export_schedule(schedule, _CONTEXT), tmp_path)
    assert module.__doc__ is not None
    for part in (
        "0.05 for the first 2 epochs, then 0.01.",
        "Run: 3, quickstart",
        "Individual: 57, of generation 4",
        "Seed: 7",
        "Problem: mnist-1d",
        "Fitness: 0.8125",
        "http://127.0.0.1:8400/individuals/57",
        schedule.text,
    ):
        assert part in module.__doc__
    assert (module.INITIAL_RATE, module.EPOCHS) == (0.02, 5)


def test_what_is_not_known_is_said_or_left_out(tmp_path: Path) -> None:
    context = replace(_CONTEXT, fitness=None, url=None)
    module = _imported(export_schedule(Schedule.from_text("0.05"), context), tmp_path)
    assert module.__doc__ is not None
    assert "Fitness: not measured" in module.__doc__
    assert "Page:" not in module.__doc__


@pytest.mark.parametrize("typed", _HOSTILE)
def test_no_text_of_a_user_becomes_code_or_hides_any(typed: str) -> None:
    schedule = Schedule.from_text("0.05")
    source = export_schedule(schedule, replace(_CONTEXT, name=typed, problem=typed, url=typed))
    harmless = ast.parse(export_schedule(schedule, _CONTEXT))
    found = ast.parse(source.encode("utf-8"))
    assert [ast.dump(node) for node in found.body[1:]] == [ast.dump(node) for node in harmless.body[1:]]
    assert (ast.get_docstring(found, clean=False) or "").count(typed) == 3
    assert all(character.isprintable() or character == "\n" for character in source)


def test_the_file_reads_like_one_that_a_person_wrote() -> None:
    schedule = Schedule.from_text("if_func(epoch < 12, 0.05, if_func(learning_rate > 0.01, 0.1, 0.0011))", 1)
    source = export_schedule(schedule, _CONTEXT)
    assert "import math" not in source
    assert source.endswith(
        '''
def schedule(epoch, learning_rate):
    """Return the rate of an epoch, counted from 0, given the rate of the epoch before."""
    epoch = epoch + 1  # evolved with epochs counted from 1
    if epoch < 12:
        return 0.05
    if learning_rate > 0.01:
        return 0.1
    return 0.0011


def callback():
    """Return the Keras callback that sets the rate at the start of each epoch."""
    import keras

    return keras.callbacks.LearningRateScheduler(schedule)
'''
    )


def test_the_functions_that_a_schedule_needs_come_with_it(tmp_path: Path) -> None:
    source = export_schedule(Schedule.from_text("divide_no_nan(0.1, sqrt(epoch))"), _CONTEXT)
    module = _imported(source, tmp_path)
    assert module.schedule(0, 0.01) == 0.0
    assert module.schedule(4, 0.01) == 0.05
    assert "\nimport math\n" in source


def _meeting(rate: float, comparison: str) -> Schedule:
    """Return a schedule that first gives a rate and then compares what the optimizer made of it with the rate."""
    first = Call("less", (Variable("epoch"), Constant(1)))
    met = Call(comparison, (Variable("learning_rate"), Constant(rate)))
    return Schedule(Call("if_func", (first, Constant(rate), Call("if_func", (met, Constant(0.5), Constant(0.25))))))


def _at_the_start(comparison: str) -> Schedule:
    met = Call(comparison, (Variable("learning_rate"), Constant(0.01)))
    return Schedule(Call("if_func", (met, Constant(0.5), Constant(0.25))))


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_evaluator_behaviour_export_and_keras_agree_at_every_published_rate_and_comparison(
    tmp_path: Path,
) -> None:
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    schedules = [_meeting(rate, comparison) for rate in _PUBLISHED_RATES for comparison in _COMPARISONS]
    schedules += [_at_the_start(comparison) for comparison in _COMPARISONS]
    outcomes = set()
    for schedule in schedules:
        module = _imported(export_schedule(schedule, _CONTEXT), tmp_path)
        rates = schedule.rates(2)
        outcomes.add(rates[1])
        assert rate_vector(schedule, 2).content == {"rates": list(rates)}
        assert _rates(module, 2) == rates
        assert _rates_in_keras(module, model, 2) == rates
    assert outcomes == {0.5, 0.25}


def _rates_in_keras(module: ModuleType, model: Any, epochs: int) -> tuple[float, ...]:
    import keras

    model.compile(optimizer=keras.optimizers.SGD(learning_rate=module.INITIAL_RATE), loss="mse")
    callback = module.callback()
    callback.set_model(model)
    rates = []
    for epoch in range(epochs):
        callback.on_epoch_begin(epoch)
        rates.append(float(model.optimizer.learning_rate.numpy()))
        callback.on_epoch_end(epoch, {})
    return tuple(rates)


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_a_training_with_keras_takes_the_rates_of_the_schedule(tmp_path: Path) -> None:
    import keras

    schedule = Schedule.from_text("if_func(learning_rate >= 0.01, 0.001, if_func(epoch < 3, 0.05, 0.01))", 1)
    module = _imported(export_schedule(schedule, _CONTEXT), tmp_path)
    # Where operations are deterministic, Keras's initial weights need a seed.
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=module.INITIAL_RATE), loss="mse")
    ones = np.ones((4, 1), dtype=np.float32)
    history = model.fit(ones, ones, epochs=module.EPOCHS, callbacks=[module.callback()], verbose=0).history
    assert tuple(map(float, history["learning_rate"])) == schedule.rates(module.EPOCHS)
