import json
import subprocess
import sys

import tensorflow as tf

from backend.settings.resources import ROOT
from worker.training.numerics import configure, fingerprint

# In a process of its own: what other tests seed would hide what is looked for.
SCRIPT = """
import worker.training
import tensorflow as tf
threading = tf.config.threading
print(threading.get_intra_op_parallelism_threads(), threading.get_inter_op_parallelism_threads())
try:
    tf.random.normal([1])
except RuntimeError as error:
    print("seed" in str(error))
"""


def test_importing_the_room_has_set_one_thread_and_deterministic_operations() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1", "True"]


def test_configuring_again_does_nothing() -> None:
    configure()
    tf.constant(1.0)
    configure()
    assert tf.config.threading.get_intra_op_parallelism_threads() == 1


def test_a_fingerprint_is_json_and_names_what_changes_the_bits() -> None:
    found = fingerprint()
    assert json.loads(json.dumps(found)) == found
    assert {"autolr", "tensorflow", "build", "keras", "processor", "device", "threads", "precision"} <= found.keys()
    assert all(value not in ("", None) for value in found.values())
