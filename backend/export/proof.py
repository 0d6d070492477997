"""Whether exported source computes what the rule says: both run on the same numbers, the source in its own process."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from backend.export.comparison import Difference, compare
from backend.export.formats import FORMATS
from backend.export.probe import Probe, standard_probe
from backend.export.proof_driver import driver
from backend.phenotypes.update_rule import UpdateRule

DEFAULT_TIMEOUT = 300.0

# The proof needs one processor and no accelerator, and what libraries say at their start is no reason of ours.
_ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "JAX_PLATFORMS": "cpu",
    "OMP_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Export:
    """A rule as it was evolved, and the source that a format makes of it."""

    rule: UpdateRule
    source: str


@dataclass(frozen=True)
class Proof:
    """What came of running an export: the difference, and by what it was computed; or why it is not proven here.

    Either `difference` or `reason` is None. A difference need not agree (see Difference.agrees).
    """

    steps: int
    difference: Difference | None = None
    version: str | None = None
    reason: str | None = None

    @property
    def text(self) -> str:
        """One sentence for people."""
        if self.difference is None:
            return f"Not proven here: {self.reason}"
        sizes = f"{self.difference.absolute:.2g}, relative {self.difference.relative:.2g}"
        if self.difference.agrees:
            return f"Proven with {self.version}: largest difference after {self.steps} updates {sizes}."
        return f"Wrong with {self.version}: different from update {self.difference.first_step} on, by up to {sizes}."


def prove(
    export: Export, format_name: str, interpreter: str = sys.executable, timeout: float = DEFAULT_TIMEOUT
) -> Proof:
    """Run one export and compare; see `prove_all`."""
    return prove_all([export], format_name, interpreter, timeout)[0]


def prove_all(
    exports: Sequence[Export],
    format_name: str,
    interpreter: str = sys.executable,
    timeout: float = DEFAULT_TIMEOUT,
    probe: Probe | None = None,
) -> list[Proof]:
    """Run exports of one format in one process, and compare each with the rule's own trace.

    `interpreter` is a Python with NumPy and the format's library, by its whole path or by a name on PATH; `timeout`, in
    seconds, is for all exports together; `probe` has the numbers, those of `standard_probe` if None.
    Whatever goes wrong there is the reason of the proofs that it prevents. Raises KeyError for an unknown format.
    """
    script, probe = driver(format_name), probe or standard_probe()
    with tempfile.TemporaryDirectory(prefix="autolr-proof-") as name:
        folder = Path(name)
        _write(folder, script, probe, exports)
        end = _run(folder, interpreter, timeout, FORMATS[format_name].title)
        return [_proof(folder, number, export.rule, probe, end) for number, export in enumerate(exports)]


def _write(folder: Path, script: str, probe: Probe, exports: Sequence[Export]) -> None:
    parameters = [[list(each.shape), each.layer] for each in probe.parameters]
    (folder / "parameters.json").write_text(json.dumps(parameters))
    np.save(folder / "weights.npy", probe.weights)
    np.save(folder / "gradients.npy", probe.gradients)
    (folder / "prove.py").write_text(script, encoding="utf-8")
    for number, export in enumerate(exports):
        (folder / f"{_stem(number)}.py").write_text(export.source, encoding="utf-8")


def _stem(number: int) -> str:
    return f"rule_{number:06}"


def _run(folder: Path, interpreter: str, timeout: float, title: str) -> str:
    """Run the script to its end; return the sentence that says what ended it, for exports without a result."""
    try:
        ended = subprocess.run(
            [interpreter, "prove.py"],
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except OSError as error:
        return f"the interpreter {interpreter} cannot be started: {error.strerror}."
    except subprocess.TimeoutExpired:
        return f"{title} took longer than {timeout:g} seconds."
    last_line = _last_line(ended.stderr.decode(errors="replace"))
    if ended.returncode < 0:
        return f"{title} crashed with {signal.Signals(-ended.returncode).name}: {last_line}"
    return f"{title} under {interpreter} ended with code {ended.returncode}: {last_line}"


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:_LONGEST_REASON] if lines else "nothing was said."


def _proof(folder: Path, number: int, rule: UpdateRule, probe: Probe, end: str) -> Proof:
    result, failure = folder / f"{_stem(number)}.npy", folder / f"{_stem(number)}.txt"
    if failure.exists():
        return Proof(probe.steps, reason=f"the code fails with {_last_line(failure.read_text(encoding='utf-8'))}")
    if not result.exists():
        return Proof(probe.steps, reason=end)
    try:
        found = np.load(result, allow_pickle=False)
        difference = compare(probe.expected(rule), probe.in_float64(rule), found)
    except ValueError as error:
        return Proof(probe.steps, reason=str(error))
    return Proof(probe.steps, difference, (folder / "version.txt").read_text())
