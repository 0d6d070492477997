"""Whatever changes the bits of a training: set in one place, and recorded with every result."""

import os
import platform
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from worker.training.startup_notes import without_startup_notes

THREADS = 1
PRECISION = "float32"
# XLA was measured (MNIST-1D MLP, one core): 5 ms an epoch against 9 ms, for 1.8 s of compiling in every process
# and for every batch shape; networks with convolutions become several times slower by it on a CPU.
XLA = False


@lru_cache(maxsize=1)
def configure() -> None:
    """Set TensorFlow to one thread and deterministic operations.

    Importing `worker.training` does it; further calls do nothing. Raises RuntimeError where TensorFlow already
    runs with other settings, because a process cannot change them any more.
    """
    # TensorFlow reads these while it is imported. Level 2 hides its start-up notes, not its errors.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with without_startup_notes():
        import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    for gpu in tf.config.list_physical_devices("GPU"):
        # Several worker slots may share a GPU; by default the first one takes all of its memory.
        tf.config.experimental.set_memory_growth(gpu, True)
    tf.config.experimental.enable_op_determinism()


@lru_cache(maxsize=1)
def _fingerprint() -> dict[str, str | int | bool | list[str]]:
    import tensorflow as tf

    return {
        # Whatever its code does with the same numbers: what another version trained is not taken over.
        "autolr": version("autolr"),
        "tensorflow": tf.version.VERSION,
        "build": tf.version.GIT_VERSION,
        "keras": version("keras"),
        "numpy": version("numpy"),
        "python": platform.python_version(),
        "system": f"{sys.platform} {platform.machine()}",
        "processor": _processor(),
        "vector_instructions": _vector_instructions(),
        "device": _device(),
        "onednn": os.environ.get("TF_ENABLE_ONEDNN_OPTS", "default"),
        "threads": THREADS,
        "op_determinism": True,
        "precision": PRECISION,
        "xla": XLA,
    }


def fingerprint() -> dict[str, str | int | bool | list[str]]:
    """Versions, processor, device and settings, as JSON; equal fingerprints promise equal bits."""
    return dict(_fingerprint())


def _device() -> str:
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return "CPU"
    return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))


def _processor() -> str:
    return _cpuinfo("model name") or platform.processor() or platform.machine()


def _vector_instructions() -> list[str]:
    flags = _cpuinfo("flags").split()
    return sorted(flag for flag in flags if flag.startswith(("avx", "amx", "fma")))


def _cpuinfo(field: str) -> str:
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return ""
    for line in path.read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == field:
            return value.strip()
    return ""
