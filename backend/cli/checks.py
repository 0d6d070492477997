"""What `autolr doctor` looks at. A check finds out one thing, changes nothing, and knows what to do about it."""

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from kombu.exceptions import OperationalError

from backend.cli.failure import Failure
from backend.cli.folder_lock import holder
from backend.cli.opening import current_database, missing_database, shown
from backend.dispatch.celery_app import make_celery
from backend.problems.catalogue import problem_names
from backend.settings.settings import Settings, available_processors
from backend.store import workers
from backend.store.tables import Worker

# Below this, a long run may fill the disk.
LITTLE_SPACE = 2 * 1024**3

_NEEDED = ("autolr", "celery", "fastapi", "numpy", "sqlalchemy")
_TO_TRAIN = ("tensorflow", "keras")


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, and what to do about it if that is not well."""

    subject: str
    verdict: Verdict
    finding: str
    remedy: str | None = None


def all_checks(settings: Settings) -> list[Check]:
    """Return all checks, each made."""
    return [
        _versions(),
        _training(),
        _data_folder(settings),
        _server(settings),
        _broker(settings),
        _processors(settings),
        *_database(settings),
    ]


def _versions() -> Check:
    found = [f"Python {platform.python_version()}", *(f"{name} {_version(name)}" for name in _NEEDED)]
    return Check("versions", Verdict.OK, ", ".join(found))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _training() -> Check:
    # The CPU build of TensorFlow is a package of another name.
    found = {name: _version(name) or _version(f"{name}-cpu") for name in _TO_TRAIN}
    missing = [name for name, number in found.items() if number is None]
    if missing:
        finding = f"{' and '.join(missing)} missing: this installation can serve, but not train"
        return Check("training", Verdict.NOTE, finding, "pip install 'autolr[worker]'")
    return Check("training", Verdict.OK, ", ".join(f"{name} {number}" for name, number in found.items()))


def _data_folder(settings: Settings) -> Check:
    folder = settings.data_dir
    # Looking must not make it: whether it can be made, the nearest folder above it knows.
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK)):
        remedy = "Choose another folder (--data-dir or AUTOLR_DATA_DIR), or make this one writable."
        return Check("data folder", Verdict.PROBLEM, f"{folder}: {nearest} cannot be written", remedy)
    if nearest != folder:
        return Check("data folder", Verdict.NOTE, f"{folder} is not there yet", "autolr up")
    free = shutil.disk_usage(folder).free
    finding = f"{folder}, {free / 1024**3:.1f} GiB free"
    if free < LITTLE_SPACE:
        return Check("data folder", Verdict.NOTE, finding, "Make room, or choose another folder (AUTOLR_DATA_DIR).")
    return Check("data folder", Verdict.OK, finding)


def _server(settings: Settings) -> Check:
    found = holder(settings.data_dir) if settings.data_dir.is_dir() else None
    if found is None:
        return Check("server", Verdict.NOTE, "nobody works in the data folder", "autolr up")
    return Check("server", Verdict.OK, str(found))


def _broker(settings: Settings) -> Check:
    kind = settings.broker_url.partition(":")[0]
    try:
        with make_celery(settings).connection_for_write(connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
            waiting = connection.default_channel.queue_declare(settings.queue).message_count
    except (OperationalError, OSError, KeyError, ImportError) as error:
        remedy = "Start the broker, or correct broker_url: redis://host:6379/0 or files:///folder."
        return Check("broker", Verdict.PROBLEM, f"{kind} does not answer: {error}", remedy)
    return Check("broker", Verdict.OK, f"{kind}, {waiting} messages waiting in queue {settings.queue}")


def _processors(settings: Settings) -> Check:
    available = available_processors()
    finding = f"{available} processors, {settings.workers} worker slots of one thread"
    if settings.workers > available:
        return Check(
            "processors", Verdict.NOTE, finding, f"More slots than processors gain nothing: --workers {available}"
        )
    return Check("processors", Verdict.OK, finding)


def _database(settings: Settings) -> Iterator[Check]:
    """Look at the database, and at what the workers have written there."""
    if (file := missing_database(settings)) is not None:
        yield Check("database", Verdict.NOTE, f"{file} is not there yet", "autolr up")
        return
    try:
        with current_database(settings) as database, database.read() as session:
            alive = list(workers.alive(session))
            yield Check("database", Verdict.OK, f"{shown(database)}, of this version")
    except Failure as failure:
        yield Check("database", Verdict.PROBLEM, str(failure))
        return
    if not alive:
        yield Check("workers", Verdict.NOTE, "none has been heard of lately", "autolr up, or autolr worker")
        return
    yield Check("workers", Verdict.OK, ", ".join(worker.name for worker in alive))
    for problem in problem_names():
        yield _data(problem, alive)


def _data(problem: str, alive: list[Worker]) -> Check:
    reasons = {worker.name: worker.problems.get(problem, "it does not know this problem") for worker in alive}
    able = [name for name, reason in reasons.items() if reason is None]
    if able:
        return Check(f"data of {problem}", Verdict.OK, f"{len(able)} of {len(alive)} workers can load them")
    return Check(
        f"data of {problem}", Verdict.NOTE, "no worker can load them", next(iter(filter(None, reasons.values())))
    )
