"""One real worker does all kinds of work: it trains a run, an ablation, runs a proof, takes over what is known."""

import os
import signal
import sys
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from backend.dispatch.celery_sender import CelerySender
from backend.experiments.ablation import ablation, request_ablation
from backend.experiments.benchmark_launch import launch_benchmark
from backend.experiments.configuration import Order
from backend.experiments.launch import launch
from backend.experiments.proof_result import ProofResult
from backend.experiments.request_proof import proofs_of, request_proof
from backend.settings.settings import Settings
from backend.store import trials
from backend.store.database import Database
from backend.store.tables import Benchmark, Individual, Proof
from tests.backend.experiments.contest import contest
from tests.worker.evaluations import SMALL
from tests.worker.test_proof_task import RULES
from tests.worker.test_supervisor import ended, pid_of, supervisor, until

pytestmark = pytest.mark.training

# Two contenders, two trials each of one epoch.
TINY: dict[str, Any] = {
    "contenders": [{"label": "evolved", "phenotype": "0.05"}, {"label": "slow", "phenotype": "0.01"}],
    "protocol": {"epochs": 1},
    "trials": 2,
}
NEW = {"label": "fast", "phenotype": "0.09"}


def finished_rules(database: Database, sender: CelerySender) -> None:
    """Run a small evolution of rules to its end; its first individual is momentum."""
    with database.write() as session:
        made = launch(session, Order(overrides={**RULES, "training": SMALL["training"]}, seed=7))
    sender.send(made.evaluation_ids)
    before = ended(database, made.runs[0].id)
    assert before["state"] == "finished"


def ablation_state(database: Database) -> str:
    with database.read() as session:
        return ablation(session, session.get_one(Individual, 1)).state


def proof_of(database: Database, format_name: str) -> ProofResult | None:
    with database.read() as session:
        return next(each.result for each in proofs_of(session, 1) if each.format == format_name)


def test_an_ablation_and_a_proof_are_done_after_the_run_has_ended(sqlite_url: str, settings: Settings) -> None:
    with (
        closing(Database(sqlite_url)) as database,
        closing(CelerySender(settings)) as sender,
        supervisor(settings, 1),
    ):
        finished_rules(database, sender)
        with database.write() as session:
            trainings, proofs = request_ablation(session, 1), request_proof(session, 1, "keras")
        sender.send(trainings)
        sender.send_proofs(proofs)
        until(lambda: ablation_state(database) == "finished")
        until(lambda: proof_of(database, "keras") is not None)
        with database.read() as session:
            found = ablation(session, session.get_one(Individual, 1))
        proof = proof_of(database, "keras")
    memoryless = found.variants[0]
    assert memoryless.change is not None
    assert memoryless.spread is not None
    assert len(found.own) == len(memoryless.scores) == 3
    assert proof is not None
    assert (proof.outcome, proof.steps) == ("proven", 50)


def test_a_proof_outlives_the_death_of_its_worker(sqlite_url: str, settings: Settings) -> None:
    folder = settings.data_dir / "slow"
    folder.mkdir(parents=True)
    (folder / "torch.py").write_text("import time\ntime.sleep(3)\nraise ImportError('no torch at all')\n")
    slow = folder / "python"
    slow.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    slow.chmod(0o755)
    patient = settings.model_copy(update={"python_for_torch": str(slow)})
    with (
        closing(Database(sqlite_url)) as database,
        closing(CelerySender(patient)) as sender,
        supervisor(patient, 1),
    ):
        with database.write() as session:
            launch(session, Order(overrides=dict(RULES), seed=7))
            proofs = request_proof(session, 1, "torch")
        sender.send_proofs(proofs)

        def owner() -> str | None:
            with database.read() as session:
                return session.scalar(select(Proof.owner).where(Proof.state == "running"))

        until(lambda: owner() is not None)
        os.kill(pid_of(database, str(owner())), signal.SIGKILL)
        until(lambda: proof_of(database, "torch") is not None)
        with database.read() as session:
            attempt = session.scalar(select(Proof.attempt))
    assert attempt == 2


def benchmark_done(database: Database, sender: CelerySender, **changes: object) -> Benchmark:
    """Have a tiny benchmark done to its end."""
    with database.write() as session:
        made = launch_benchmark(session, contest(**{**TINY, **changes}))
    sender.send(made.evaluation_ids)

    def found() -> Benchmark:
        with database.read() as session:
            return session.get_one(Benchmark, made.benchmark.id)

    until(lambda: found().state != "running")
    return found()


def test_a_benchmark_that_is_repeated_trains_only_what_is_new(sqlite_url: str, settings: Settings) -> None:
    reusing = settings.model_copy(update={"reuse_trainings": True})
    with (
        closing(Database(sqlite_url)) as database,
        closing(CelerySender(reusing)) as sender,
        supervisor(reusing, 1),
    ):
        first, again = (benchmark_done(database, sender) for _ in range(2))
        more = benchmark_done(database, sender, contenders=[*TINY["contenders"], NEW])
        with database.read() as session:
            counts = trials.counts(session, [first.id, again.id, more.id])
    assert [each.state for each in (first, again, more)] == ["finished"] * 3
    assert first.report == again.report is not None
    assert [(each.finished, each.taken_over) for each in counts.values()] == [(4, 0), (4, 4), (6, 4)]
