"""One server, or one run without a server, in a data folder at a time; and who that is."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.cli.failure import Failure

LOCK_FILE = "autolr.lock"


@dataclass(frozen=True)
class Holder:
    """The process that works in a data folder; `address` is that of its server, None if it has none."""

    pid: int | None
    address: str | None

    def __str__(self) -> str:
        """Return who it is, in words."""
        what = f"a server at {self.address}" if self.address else "a run without a server"
        return what if self.pid is None else f"{what} (process {self.pid})"


@contextmanager
def locked(folder: Path, address: str | None) -> Iterator[None]:
    """Hold the folder; `Failure` naming the holder if somebody else does.

    The system gives the lock back however the process ends, so there is no stale one to clean up.
    """
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(descriptor):
            raise Failure(f"AutoLR already works in {folder}: {_read(descriptor)}. Choose another folder (--data-dir).")
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(folder: Path) -> Holder | None:
    """Return who works in the folder, or None."""
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        return None if _take(descriptor) else _read(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(descriptor: int) -> Holder:
    try:
        known = json.loads(os.pread(descriptor, 10_000, 0))
    except ValueError:
        # It has the lock, but has not said who it is yet.
        return Holder(None, None)
    return Holder(known["pid"], known["address"])
