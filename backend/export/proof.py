"""Whether exported source computes what the rule says: both run on the same numbers, the source in its own process."""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from backend.export.comparison import Difference, compare
from backend.export.formats import FORMATS
from backend.export.probe import Probe, standard_probe
from backend.export.proof_driver import driver
from backend.export.proof_process import DEFAULT_TIMEOUT, SCRIPT, End, last_line, never, run_script
from backend.phenotypes.update_rule import UpdateRule


@dataclass(frozen=True)
class Export:
    """A rule as it was evolved, and the source that a format makes of it."""

    rule: UpdateRule
    source: str


@dataclass(frozen=True)
class Proof:
    """What came of running an export: the difference, and by what it was computed; or why it is not proven here.

    Compared are `elements` numbers after each of `steps`, which are updates or epochs as `unit` says. Either
    `difference` or `reason` is None. A difference need not agree (see Difference.agrees).
    """

    steps: int
    elements: int
    difference: Difference | None = None
    version: str | None = None
    reason: str | None = None
    library_is_missing: bool = False
    unit: str = "updates"

    @property
    def text(self) -> str:
        """One sentence for people."""
        if self.difference is None:
            return f"Not proven here: {self.reason}"
        sizes = f"{self.difference.absolute:.2g}, relative {self.difference.relative:.2g}"
        if self.difference.agrees:
            return f"Proven with {self.version}: largest difference after {self.steps} {self.unit} {sizes}."
        first = f"{self.unit.removesuffix('s')} {self.difference.first_step}"
        return f"Wrong with {self.version}: different from {first} on, by up to {sizes}."


def prove(
    export: Export,
    format_name: str,
    interpreter: str = sys.executable,
    timeout: float = DEFAULT_TIMEOUT,
    should_stop: Callable[[], bool] = never,
) -> Proof:
    """Run one export and compare; see `prove_all`."""
    return prove_all([export], format_name, interpreter, timeout, should_stop=should_stop)[0]


def prove_all(
    exports: Sequence[Export],
    format_name: str,
    interpreter: str = sys.executable,
    timeout: float = DEFAULT_TIMEOUT,
    probe: Probe | None = None,
    should_stop: Callable[[], bool] = never,
) -> list[Proof]:
    """Run exports of one format in one process, and compare each with the rule's own trace.

    `interpreter` is a Python with NumPy and the format's library, by its whole path or by a name on PATH; `timeout`, in
    seconds, is for all exports together; `probe` has the numbers, those of `standard_probe` if None.
    Whatever goes wrong there is the reason of the proofs that it prevents. Raises KeyError for an unknown format, and
    ProofAborted once `should_stop` is true.
    """
    script, probe = driver(format_name), probe or standard_probe()
    with tempfile.TemporaryDirectory(prefix="autolr-proof-") as name:
        folder = Path(name)
        _write(folder, script, probe, exports)
        end = run_script(folder, interpreter, FORMATS[format_name], timeout, should_stop)
        return [_proof(folder, number, export.rule, probe, end) for number, export in enumerate(exports)]


def _write(folder: Path, script: str, probe: Probe, exports: Sequence[Export]) -> None:
    parameters = [[list(each.shape), each.layer] for each in probe.parameters]
    (folder / "parameters.json").write_text(json.dumps(parameters))
    np.save(folder / "weights.npy", probe.weights)
    np.save(folder / "gradients.npy", probe.gradients)
    (folder / SCRIPT).write_text(script, encoding="utf-8")
    for number, export in enumerate(exports):
        (folder / f"{_stem(number)}.py").write_text(export.source, encoding="utf-8")


def _stem(number: int) -> str:
    return f"rule_{number:06}"


def _proof(folder: Path, number: int, rule: UpdateRule, probe: Probe, end: End) -> Proof:
    result, failure = folder / f"{_stem(number)}.npy", folder / f"{_stem(number)}.txt"
    size = (probe.steps, len(probe.weights))
    if failure.exists():
        return Proof(*size, reason=f"the code fails with {last_line(failure.read_text(encoding='utf-8'))}")
    if not result.exists():
        return Proof(*size, reason=end.reason, library_is_missing=end.library_is_missing)
    try:
        found = np.load(result, allow_pickle=False)
        difference = compare(probe.expected(rule), probe.in_float64(rule), found)
    except ValueError as error:
        return Proof(*size, reason=str(error))
    return Proof(*size, difference, (folder / "version.txt").read_text())
