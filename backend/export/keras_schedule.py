"""A schedule as one Python file that needs nothing of AutoLR, for use with Keras."""

import inspect
from string import Template

from backend.export.context import ExportContext, origin
from backend.expressions.nodes import Call, Node, Variable, walk
from backend.expressions.operators import OPERATORS, Kind
from backend.expressions.print_python import to_python_statements
from backend.phenotypes.schedule import EPOCH, Schedule
from backend.phenotypes.words import describe

_FILE = Template('''\
"""A learning-rate schedule that AutoLR evolved.

$words

$origin

Evolved as: $phenotype

Use, with the whole of your own training around it:

    model.compile(optimizer=keras.optimizers.SGD(learning_rate=INITIAL_RATE), loss=..., metrics=["accuracy"])
    model.fit(..., epochs=EPOCHS, callbacks=[callback()])
"""
$imports
INITIAL_RATE = $initial_rate
"""The rate that the optimizer starts with: the schedule may compare the previous rate."""

EPOCHS = $epochs
"""The number of epochs that the schedule was evolved for."""

$functions
def schedule(epoch, learning_rate):
    """Return the rate of an epoch, counted from 0, given the rate of the epoch before."""
$body


def callback():
    """Return the Keras callback that sets the rate at the start of each epoch."""
    import keras

    return keras.callbacks.LearningRateScheduler(schedule)
''')


def export_schedule(schedule: Schedule, context: ExportContext) -> str:
    """Return the file's source, in UTF-8 text. Its schedule() gives the rates of Schedule.rates in Keras."""
    source = to_python_statements(schedule.simplified)
    functions = [inspect.getsource(function) for function in source.functions]
    return _FILE.substitute(
        words=describe(schedule, context.epochs),
        origin=origin(context),
        phenotype=schedule.text,
        imports="\nimport math\n" if functions else "",
        initial_rate=repr(schedule.initial_rate),
        epochs=context.epochs,
        functions="".join(f"\n{function}\n" for function in functions),
        body="\n".join(f"    {line}" for line in [*_counting(schedule), *source.text.splitlines()]),
    )


def _counting(schedule: Schedule) -> list[str]:
    """Return the line, if any, that makes Keras's number of the epoch the one that the expression means."""
    number = f"{EPOCH} + {schedule.first_epoch}" if schedule.first_epoch else EPOCH
    if _computes_with_epoch(schedule.simplified):
        return [f"{EPOCH} = float({number})"]
    if schedule.first_epoch and Variable(EPOCH) in walk(schedule.simplified):
        return [f"{EPOCH} = {number}  # evolved with epochs counted from {schedule.first_epoch}"]
    return []


def _computes_with_epoch(node: Node) -> bool:
    """Say whether the epoch's number becomes part of a rate, which must be a float, or is only compared."""
    epoch = Variable(EPOCH)
    calls = [part for part in walk(node) if isinstance(part, Call)]
    numbers = [call for call in calls if OPERATORS[call.operator].gives is Kind.NUMBER]
    return node == epoch or any(epoch in call.arguments for call in numbers)
