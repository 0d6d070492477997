import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.dispatch.recording import RecordingSender
from backend.experiments.configuration import Order
from backend.experiments.launch import launch
from backend.experiments.request_proof import ProofStanding, proofs_of, request_proof
from backend.settings.settings import Settings
from backend.store.database import Database
from tests.worker.evaluations import OWNER, heartbeat
from worker.proof_task import Prover

RULES = {
    "evolves": "update_rule",
    "grammar": "alr-2022-gradient",
    "seeds": ["momentum"],
    "search": {"population_size": 2, "generations": 1, "tournament_size": 1},
}


@pytest.fixture
def proof_id(database: Database) -> int:
    """A proof of momentum for PyTorch that somebody asked for."""
    with database.write() as session:
        launch(session, Order(overrides=dict(RULES), seed=7))
        return request_proof(session, 1, "torch")[0]


def prover(database: Database, settings: Settings, stopping: Callable[[], bool] = lambda: False) -> Prover:
    return Prover(database, heartbeat(database, settings), settings, OWNER, stopping)


def standing(database: Database) -> ProofStanding:
    with database.read() as session:
        return next(each for each in proofs_of(session, 1) if each.format == "torch")


def interpreter(folder: Path, code: str) -> str:
    """An interpreter whose PyTorch is this code."""
    (folder / "torch.py").write_text(code)
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_a_missing_library_is_the_answer_with_what_helps(
    database: Database, settings: Settings, proof_id: int, tmp_path: Path
) -> None:
    python = interpreter(tmp_path, 'raise ImportError("there is no torch")')
    prover(database, settings.model_copy(update={"python_for_torch": python})).prove(proof_id)
    result = standing(database).result
    assert result is not None
    assert result.outcome == "not_proven"
    assert f"{python} has no PyTorch" in result.text
    assert "python_for_torch" in result.text


def test_a_proof_that_is_asked_to_stop_is_left_to_be_released(
    database: Database, settings: Settings, proof_id: int, tmp_path: Path
) -> None:
    python = interpreter(tmp_path, "import time\ntime.sleep(60)\n")
    asked = settings.model_copy(update={"python_for_torch": python})
    prover(database, asked, stopping=lambda: True).prove(proof_id)
    proof = standing(database).proof
    assert proof is not None
    assert (proof.state, proof.owner) == ("running", OWNER)


def test_a_message_that_comes_twice_is_proven_once(
    database: Database, settings: Settings, proof_id: int, tmp_path: Path
) -> None:
    asked = settings.model_copy(update={"python_for_torch": "/nowhere/python"})
    for _ in range(2):
        prover(database, asked).prove(proof_id)
    proof = standing(database).proof
    assert proof is not None
    assert (proof.state, proof.attempt) == ("finished", 1)


def test_a_message_about_nothing_is_dropped(database: Database, settings: Settings, sender: RecordingSender) -> None:
    prover(database, settings).prove(12345)
    assert sender.sent == []
