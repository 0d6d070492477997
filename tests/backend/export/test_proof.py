import importlib.util
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from backend.export.comparison import TOLERANCE
from backend.export.context import ExportContext
from backend.export.formats import FORMATS, export
from backend.export.named_rule import LEARNING_RATE, NamedConstant, NamedRule
from backend.export.probe import Parameter, Probe, standard_probe
from backend.export.proof import Export, Proof, prove, prove_all
from backend.expressions.arrays import ARRAY_IMPLEMENTATIONS
from backend.expressions.nodes import Call, Variable
from backend.expressions.operators import OPERATORS
from backend.phenotypes.update_rule import UpdateRule

_SGD = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = multiply(0.01, g)")
_ADAM_LIKE = UpdateRule.from_text(
    "x = multiply(0.1, subtract(x, g)); y = multiply(0.01, subtract(y, square(g))); z = 0;"
    "weight = multiply(0.001, divide_no_nan(x, add(sqrt(y), 1e-7)))"
)
_SPECIAL = np.array([0, -0.0, 1, -1, 2, 0.5, -2.5, -3, 1e-3, 1e30, np.inf, -np.inf, np.nan], np.float32)

_FORMATS = [pytest.param(name, marks=pytest.mark.training) if name == "keras" else name for name in FORMATS]


def _skip_without(name: str) -> None:
    if importlib.util.find_spec(FORMATS[name].package) is None:
        pytest.skip(f"{FORMATS[name].title} is not installed: pip install {FORMATS[name].package}")


def _stand_in(folder: Path, package: str, code: str) -> str:
    """Return an interpreter for which a package is this code."""
    (folder / f"{package}.py").write_text(code)
    interpreter = folder / "python"
    interpreter.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    interpreter.chmod(0o755)
    return str(interpreter)


@pytest.fixture
def without_torch(tmp_path: Path) -> str:
    return _stand_in(tmp_path, "torch", 'raise ImportError("there is no torch")')


@pytest.fixture
def with_little_torch(tmp_path: Path) -> str:
    """An interpreter that imports at once what it takes for PyTorch: enough for a file that does not get far."""
    return _stand_in(tmp_path, "torch", '__version__ = "0"\nnn = None\n')


@dataclass(frozen=True)
class Proofs:
    """What one process found of all rules, and of files that are wrong, by what is wrong."""

    title: str
    right: Mapping[str, Proof]
    wrong: Mapping[str, Proof]


@pytest.fixture(scope="module", params=_FORMATS)
def proofs(
    request: pytest.FixtureRequest,
    all_rules: Sequence[UpdateRule],
    exported: Mapping[str, Sequence[str]],
    context: ExportContext,
) -> Proofs:
    name = request.param
    _skip_without(name)
    right = [Export(rule, source) for rule, source in zip(all_rules, exported[name], strict=True)]
    source = export(_ADAM_LIKE, name, context)
    wrong = {
        "another constant": source.replace("y_rate=0.01", "y_rate=0.0101"),
        "another epsilon": source.replace("1e-07", "1e-06"),
        "another sign": source.replace("(x - g)", "(x + g)"),
    }
    assert source not in wrong.values()
    found = prove_all([*right, *(Export(_ADAM_LIKE, each) for each in wrong.values())], name)
    texts = [rule.text for rule in all_rules]
    return Proofs(
        FORMATS[name].title,
        dict(zip(texts, found[: len(right)], strict=True)),
        dict(zip(wrong, found[len(right) :], strict=True)),
    )


def test_every_human_made_rule_and_50_evolved_ones_compute_what_our_trace_does(proofs: Proofs) -> None:
    assert [(text, proof.text) for text, proof in proofs.right.items() if not _agrees(proof)] == []
    # Those that need more than the tolerance are the few on which float32 itself goes astray.
    sizes = [proof.difference.relative for proof in proofs.right.values() if proof.difference]
    assert sum(size > TOLERANCE for size in sizes) <= 2
    assert {proof.steps for proof in proofs.right.values()} == {50}


def test_a_proof_says_by_what_it_was_computed_and_how_large_the_difference_was(proofs: Proofs) -> None:
    for proof in proofs.right.values():
        assert proof.text.startswith(f"Proven with {proofs.title.split()[0]} ")
        assert "largest difference after 50 updates" in proof.text


def test_a_file_that_is_a_little_wrong_is_found_out(proofs: Proofs) -> None:
    for proof in proofs.wrong.values():
        assert not _agrees(proof)
        assert proof.text.startswith(f"Wrong with {proofs.title.split()[0]} ")


def _agrees(proof: Proof) -> bool:
    return proof.difference is not None and proof.difference.agrees


@pytest.mark.parametrize("name", _FORMATS)
def test_every_operator_is_the_same_at_every_special_value(name: str, context: ExportContext) -> None:
    _skip_without(name)
    rules = [_of_two_gradients(call) for call in _calls()]
    pairs = np.array(list(product(_SPECIAL, _SPECIAL)), np.float32).T
    probe = Probe((Parameter((pairs.shape[1],), 1),), np.zeros(pairs.shape[1], np.float32), pairs)
    exports = [Export(rule, FORMATS[name].rule(_as_it_stands(rule), context)) for rule in rules]
    with np.errstate(all="ignore"):
        proofs = prove_all(exports, name, probe=probe)
    assert [proof.text for proof in proofs if not _agrees(proof)] == []


def _calls() -> list[str]:
    """Return a call of each operator, and what tells infinite results from NaN."""
    calls = [f"{name}(x, g)" if OPERATORS[name].arity == 2 else f"{name}(x)" for name in ARRAY_IMPLEMENTATIONS]
    return [*calls, *(f"divide_no_nan(1, {call})" for call in calls)]


def _as_it_stands(rule: UpdateRule) -> NamedRule:
    """Name the learning rate and simplify nothing, since what is simpler need not be the same at infinities."""
    weight = Call("multiply", (Variable(LEARNING_RATE), rule.weight))
    return NamedRule(rule, replace(rule, weight=weight), (NamedConstant(LEARNING_RATE, 1.0, ""),))


def _of_two_gradients(value: str) -> UpdateRule:
    """Return the rule that at the second of two steps subtracts the value for x and g, the first and second gradient.

    A division by 0 is 0 whatever is divided, so x stays as it is at the second step, and the weight at the first.
    """
    x = "divide_no_nan(g, multiply(2, subtract(t, 0.5)))"
    return UpdateRule.from_text(f"x = {x}; y = 0; z = 0; weight = divide_no_nan({value}, multiply(2, t))")


def test_a_library_that_is_not_there_is_the_reason(without_torch: str) -> None:
    proof = prove(Export(_SGD, ""), "torch", without_torch)
    assert proof.difference is None
    assert (
        proof.text
        == f"Not proven here: {without_torch} has no PyTorch (there is no torch); install it there: pip install torch"
    )
    assert proof.library_is_missing


def test_an_interpreter_that_is_not_there_is_the_reason() -> None:
    proof = prove(Export(_SGD, ""), "torch", "/nowhere/python")
    assert proof.text == (
        "Not proven here: the interpreter /nowhere/python cannot be started: No such file or directory."
    )


def test_a_file_that_never_ends_is_given_up(with_little_torch: str) -> None:
    proof = prove(Export(_SGD, "while True:\n    pass\n"), "torch", with_little_torch, timeout=2)
    assert proof.text == "Not proven here: PyTorch took longer than 2 seconds."


def test_a_crash_is_the_reason(with_little_torch: str) -> None:
    source = "import os, sys\nprint('all is lost', file=sys.stderr, flush=True)\nos.abort()\n"
    proof = prove(Export(_SGD, source), "torch", with_little_torch)
    assert proof.text == "Not proven here: PyTorch crashed with SIGABRT: all is lost"


def test_a_file_that_fails_keeps_no_other_from_being_proven(with_little_torch: str) -> None:
    sources = ["1 / 0\n", "raise KeyError('beta')\n"]
    proofs = prove_all([Export(_SGD, source) for source in sources], "torch", with_little_torch)
    assert [proof.reason for proof in proofs] == [
        "the code fails with ZeroDivisionError: division by zero",
        "the code fails with KeyError: 'beta'",
    ]


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(KeyError):
        prove(Export(_SGD, ""), "onnx")


def test_a_proof_says_how_many_steps_it_would_have_taken() -> None:
    assert prove(Export(_SGD, ""), "torch", "/nowhere/python").steps == standard_probe().steps
