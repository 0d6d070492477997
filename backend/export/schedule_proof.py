"""Whether an exported schedule gives the rates that it was evolved with: Keras holds them, in a process of its own."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from string import Template

import numpy as np

from backend.export.comparison import compare
from backend.export.formats import FORMATS
from backend.export.proof import Proof
from backend.export.proof_driver import HEAD
from backend.export.proof_process import DEFAULT_TIMEOUT, SCRIPT, never, run_script
from backend.phenotypes.schedule import CannotTrain, Schedule

FORMAT = "keras"

_VERSION = 'f"Keras {keras.version()} on {keras.backend.backend()}"'
_SCRIPT = (
    Template(HEAD).substitute(imports="import types\n    import keras")
    + f"""
module = load(FOLDER / "schedule.py")
optimizer = keras.optimizers.SGD(learning_rate=module.INITIAL_RATE)
callback = module.callback()
# All that the callback wants of a model.
callback.set_model(types.SimpleNamespace(optimizer=optimizer))
rates = []
for epoch in range(module.EPOCHS):
    callback.on_epoch_begin(epoch)
    rates.append(float(keras.ops.convert_to_numpy(optimizer.learning_rate)))
(FOLDER / "version.txt").write_text({_VERSION})
np.save(FOLDER / "unfinished.npy", np.array(rates))
os.replace(FOLDER / "unfinished.npy", FOLDER / "rates.npy")
"""
)


def prove_schedule(
    schedule: Schedule,
    source: str,
    epochs: int,
    interpreter: str = sys.executable,
    timeout: float = DEFAULT_TIMEOUT,
    should_stop: Callable[[], bool] = never,
) -> Proof:
    """Run the source of a schedule for Keras over its epochs, and compare the rates; see `proof.prove_all`."""
    try:
        expected = np.array(schedule.rates(epochs))[:, None]
    except CannotTrain as reason:
        return Proof(epochs, 1, reason=str(reason), unit="epochs")
    with tempfile.TemporaryDirectory(prefix="autolr-proof-") as name:
        folder = Path(name)
        (folder / SCRIPT).write_text(_SCRIPT, encoding="utf-8")
        (folder / "schedule.py").write_text(source, encoding="utf-8")
        end = run_script(folder, interpreter, FORMATS[FORMAT], timeout, should_stop)
        if not (folder / "rates.npy").exists():
            return Proof(epochs, 1, reason=end.reason, library_is_missing=end.library_is_missing, unit="epochs")
        found = np.load(folder / "rates.npy", allow_pickle=False)[:, None]
        try:
            difference = compare(expected.astype(np.float32), expected, found.astype(np.float32))
        except ValueError as error:
            return Proof(epochs, 1, reason=str(error), unit="epochs")
        return Proof(epochs, 1, difference, (folder / "version.txt").read_text(), unit="epochs")
