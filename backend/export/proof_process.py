"""The process of its own, under an interpreter of its own, in which exported files are run."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.export.formats import Format
from backend.export.proof_driver import MISSING_LIBRARY

DEFAULT_TIMEOUT = 300.0
SCRIPT = "prove.py"

_ERRORS = "errors.txt"
_POLL_SECONDS = 0.1
# The proof needs one processor and no accelerator, and what libraries say at their start is no reason of ours.
_ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "JAX_PLATFORMS": "cpu",
    "OMP_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
_LONGEST_REASON = 300


class ProofAborted(Exception):
    """Nobody wants the proof any more; its process has been ended."""


@dataclass(frozen=True)
class End:
    """How the process ended, in a sentence, for exports that have no result; and whether it lacked the library."""

    reason: str
    library_is_missing: bool = False


def never() -> bool:
    """Say that a proof need not stop."""
    return False


def run_script(
    folder: Path, interpreter: str, library: Format, timeout: float, should_stop: Callable[[], bool] = never
) -> End:
    """Run the folder's script to its end, at most so many seconds. Raises ProofAborted once `should_stop` is true."""
    with (folder / _ERRORS).open("wb") as errors:
        try:
            process = subprocess.Popen(
                [interpreter, SCRIPT],
                cwd=folder,
                env={**os.environ, **_ENVIRONMENT},
                # Its lifeline: the script ends when the other end is closed, however this process ends.
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        except OSError as error:
            return End(f"the interpreter {interpreter} cannot be started: {error.strerror}.")
        with process:
            try:
                code = _code(process, timeout, should_stop)
            finally:
                process.kill()
    if code is None:
        return End(f"{library.title} took longer than {timeout:g} seconds.")
    said = last_line((folder / _ERRORS).read_text(encoding="utf-8", errors="replace"))
    return _end(code, said, interpreter, library)


def last_line(text: str) -> str:
    """Return what a failure is about, as far as a sentence has room for it."""
    lines = text.strip().splitlines()
    return lines[-1][:_LONGEST_REASON] if lines else "nothing was said."


def _code(process: "subprocess.Popen[bytes]", timeout: float, should_stop: Callable[[], bool]) -> int | None:
    """Wait for the end and return its code, None if it took too long."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        try:
            return process.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if should_stop():
                raise ProofAborted from None
    return None


def _end(code: int, said: str, interpreter: str, library: Format) -> End:
    if code == MISSING_LIBRARY:
        how = f"install it there: pip install {library.package}"
        return End(f"{interpreter} has no {library.title} ({said}); {how}", library_is_missing=True)
    if code < 0:
        return End(f"{library.title} crashed with {signal.Signals(-code).name}: {said}")
    return End(f"{library.title} under {interpreter} ended with code {code}: {said}")
