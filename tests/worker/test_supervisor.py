"""Real workers, real trainings, real brokers: what is killed is stood in for, and the digest does not notice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psutil
import pytest
from sqlalchemy import select

from backend.dispatch.celery_sender import CelerySender
from backend.dispatch.kept_process import GRACE_SECONDS
from backend.experiments.configuration import Order
from backend.experiments.launch import launch
from backend.experiments.progress import run_document
from backend.settings.settings import Settings, load_settings
from backend.store import evaluations, workers
from backend.store.database import Database
from backend.store.tables import Evaluation
from tests.worker.evaluations import SMALL

pytestmark = pytest.mark.training

# A start of TensorFlow takes seconds, more on a busy machine.
PATIENCE = 120.0


@contextmanager
def supervisor(settings: Settings, slots: int) -> Iterator[psutil.Process]:
    """`python -m worker`, killed at the end if it still runs."""
    command = [sys.executable, "-m", "worker", "--slots", str(slots), "--lifeline"]
    environment = {**os.environ, **settings.environment()}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as process:
        try:
            yield psutil.Process(process.pid)
        finally:
            process.kill()


def launched(database: Database, settings: Settings, **changes: dict[str, int]) -> int:
    """Launch a small run, send its evaluations and return its id."""
    overrides = {group: {**values, **changes.get(group, {})} for group, values in SMALL.items()}
    with database.write() as session:
        made = launch(session, Order(overrides=dict(overrides), seed=7))
        run_id = made.runs[0].id
    with closing(CelerySender(settings)) as sender:
        sender.send(made.evaluation_ids)
    return run_id


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def ended(database: Database, run_id: int) -> dict[str, Any]:
    """Wait for the run's end and return its document."""
    document: dict[str, Any] = {}

    def has_ended() -> bool:
        with database.read() as session:
            document.update(run_document(session, run_id))
        return document["state"] not in ("running", "stopping")

    until(has_ended)
    return document


def owner_of_running(database: Database) -> str | None:
    with database.read() as session:
        return session.scalar(select(Evaluation.owner).where(Evaluation.state == "running").limit(1))


def pid_of(database: Database, name: str) -> int:
    """The process of a slot, once it has introduced itself."""
    found: list[int] = []

    def known() -> bool:
        with database.read() as session:
            found.extend(slot.pid for slot in workers.alive(session) if slot.name == name)
        return bool(found)

    until(known)
    return found[0]


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def busy_slot(database: Database) -> int:
    """Wait until something is trained; return the process that trains it."""
    until(lambda: owner_of_running(database) is not None)
    owner = owner_of_running(database)
    assert owner is not None
    return pid_of(database, owner)


@pytest.fixture
def embedded(sqlite_url: str, settings: Settings) -> Iterator[Database]:
    """The embedded default: SQLite and a folder."""
    with closing(Database(sqlite_url)) as database:
        yield database


def test_a_run_ends_with_the_same_digest_undisturbed_with_two_workers_and_with_a_killed_one(
    embedded: Database, settings: Settings
) -> None:
    with supervisor(settings, 1):
        undisturbed = ended(embedded, launched(embedded, settings))
    with supervisor(settings, 2):
        killed_id = launched(embedded, settings)
        os.kill(busy_slot(embedded), signal.SIGKILL)
        disturbed = ended(embedded, killed_id)
    assert undisturbed["state"] == disturbed["state"] == "finished"
    assert undisturbed["trainings"] == disturbed["trainings"] > 1
    assert undisturbed["digest"] == disturbed["digest"] is not None


@pytest.mark.services
def test_the_same_worker_works_with_postgresql_and_redis_by_settings_alone(
    postgresql_url: str, redis_url: str, settings: Settings
) -> None:
    cluster = load_settings(**settings.model_dump() | {"database_url": postgresql_url, "broker_url": redis_url})
    with closing(Database(postgresql_url)) as database, supervisor(cluster, 2) as process:
        document = ended(database, launched(database, cluster))
        began = time.monotonic()
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert (document["state"], document["trainings_failed"]) == ("finished", 0)
    # Idle slots end when asked; after this grace they would have been killed.
    assert time.monotonic() - began < GRACE_SECONDS


def test_asked_to_end_in_mid_training_it_ends_at_once_and_gives_everything_back(
    embedded: Database, settings: Settings
) -> None:
    launched(embedded, settings, training={"epochs": 2000})
    with supervisor(settings, 1) as process:
        slot = busy_slot(embedded)
        began = time.monotonic()
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 10
    assert gone(slot)
    with embedded.read() as session:
        assert evaluations.count_running(session) == 0
        assert workers.count_alive(session) == 0


def test_slots_die_with_a_supervisor_that_is_killed(embedded: Database, settings: Settings) -> None:
    launched(embedded, settings, training={"epochs": 2000})
    with supervisor(settings, 1) as process:
        slot = busy_slot(embedded)
        process.kill()
        until(lambda: gone(slot))
        assert gone(slot)


def test_it_waits_for_a_database_that_nobody_has_made_yet(data_dir: object, settings: Settings) -> None:
    command = [sys.executable, "-m", "worker", "--slots", "1"]
    environment = {**os.environ, **settings.environment()}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "Waiting for the database" in process.stderr.readline()
        process.terminate()
        assert process.wait(PATIENCE) == 0
