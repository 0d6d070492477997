"""A schedule program as one Python file that needs nothing of AutoLR, for use with Keras."""

import inspect
from string import Template
from textwrap import fill

from backend.export.context import ExportContext, origin
from backend.expressions.languages import PROGRAM
from backend.expressions.print_python_steps import to_python_steps
from backend.phenotypes.program_words import describe_program
from backend.phenotypes.schedule_program import FIRST_LOSS, LOSS, VAL_LOSS, ScheduleProgram, SetPer

_WIDTH = 100

_FILE = Template('''\
"""A learning-rate schedule that AutoLR evolved.

$words

$origin

Evolved as: $phenotype

Use, with the optimizer that it was evolved with and the whole of your own training around it:

    model.compile(optimizer=..., loss=..., metrics=["accuracy"])
    model.fit(..., epochs=EPOCHS, validation_data=..., callbacks=[callback()])
"""

import math

EPOCHS = $epochs
"""The number of epochs that the schedule was evolved for."""

FIRST_LOSS = $first_loss
"""What it sees as the loss before the first batch, and as the validation loss before the end of the first epoch."""

SET_PER = "$set_per"
"""How often the rate is set: before every batch, or before the first batch of every epoch."""
$functions

def value(epoch, loss, val_loss, epoch_share):
    """Return what the evolved expression comes to; all that it reads are floats."""
$body


def rate(epoch, loss, val_loss):
    """Return the rate, from 0 to 1.

    The epoch counts from 0; the loss is that of the batch before, in whatever epoch, val_loss that of the epoch before.
    """
    found = value(float(epoch), float(loss), float(val_loss), epoch / EPOCHS)
    return 0.0 if math.isnan(found) else min(max(found, 0.0), 1.0)


$callback''')

# A program that reads the epoch alone needs nothing of the batches.
_OF_THE_EPOCH = '''\
def callback():
    """Return the Keras callback that sets the rate at the start of each epoch."""
    import keras

    return keras.callbacks.LearningRateScheduler(lambda epoch, _: rate(epoch, FIRST_LOSS, FIRST_LOSS))
'''

_OF_THE_LOSS = '''\
def callback():
    """Return the Keras callback that sets the rate; for one training at a time, with Keras on TensorFlow or PyTorch.

    The loss that Keras hands to callbacks is the mean since the start of the epoch. The loss of each batch by itself,
    to the last bit, is what model.compute_loss returns: this callback takes it from there while the training lasts, by
    putting a function of its own around it.
    """
    import keras

    class EvolvedSchedule(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            if keras.backend.backend() == "jax":
                raise RuntimeError("The loss of a single batch cannot be seen in Keras on JAX.")
            if getattr(self.model, "steps_per_execution", 1) != 1:
                raise ValueError("steps_per_execution must be 1, so that every batch is seen.")
            self.epoch = 0
            self.loss = self.val_loss = FIRST_LOSS
            self.seen = keras.Variable(FIRST_LOSS, trainable=False, dtype="float32")
            compute_loss = type(self.model).compute_loss

            def compute_and_keep(*args, **kwargs):
                loss = compute_loss(self.model, *args, **kwargs)
                self.seen.assign(loss)
                return loss

            self.model.compute_loss = compute_and_keep
            self.model.make_train_function(force=True)

        def on_epoch_begin(self, epoch, logs=None):
            self.epoch = epoch
            if SET_PER == "epoch":
                self.set_rate()

        def on_train_batch_begin(self, batch, logs=None):
            if SET_PER == "batch":
                self.set_rate()

        def on_train_batch_end(self, batch, logs=None):
            self.loss = float(keras.ops.convert_to_numpy(self.seen.value))

        def on_epoch_end(self, epoch, logs=None):
            self.val_loss = float((logs or {}).get("val_loss", self.val_loss))

        def on_train_end(self, logs=None):
            del self.model.compute_loss
            self.model.make_train_function(force=True)

        def set_rate(self):
            self.model.optimizer.learning_rate = rate(self.epoch, self.loss, self.val_loss)

    return EvolvedSchedule()
'''


def export_program(program: ScheduleProgram, context: ExportContext) -> str:
    """Return the file's source, in UTF-8 text. Its rate() gives the rates of ScheduleProgram.rate, before rounding."""
    sees_loss = bool(program.reads & {LOSS, VAL_LOSS})
    source = to_python_steps(program.simplified, PROGRAM)
    functions = "".join(f"\n\n{inspect.getsource(function)}" for function in source.functions)
    return _FILE.substitute(
        words=fill(describe_program(program), _WIDTH),
        origin=origin(context),
        phenotype=program.text,
        epochs=program.epochs,
        first_loss=repr(FIRST_LOSS),
        set_per=program.set_per.value if sees_loss else SetPer.EPOCH.value,
        callback=_OF_THE_LOSS if sees_loss else _OF_THE_EPOCH,
        functions=functions,
        body="\n".join(f"    {line}" for line in source.text.splitlines()),
    )
