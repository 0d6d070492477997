"""A consistent copy of the database while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from backend.store.database import Database


class BackupFailed(Exception):
    """No copy was made; the message says why."""


def back_up(database: Database, target: Path) -> None:
    """Copy the database into a new file: a SQLite database, or pg_dump's custom format for PostgreSQL.

    `BackupFailed` if the file exists already or cannot be written.
    """
    if target.exists():
        raise BackupFailed(f"{target} exists already; name a file that does not.")
    if database.is_sqlite:
        _copy_sqlite(database, target)
    else:
        _dump_postgresql(database, target)


def _copy_sqlite(database: Database, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{database.url.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise BackupFailed(f"{target} cannot be written: {error}.") from None


def _dump_postgresql(database: Database, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupFailed("pg_dump is needed for a PostgreSQL database and is not installed (postgresql-client).")
    url = database.url.set(drivername="postgresql", password=None).render_as_string()
    # Every user of the machine can read a command line, but not another one's environment.
    environment = {**os.environ, "PGPASSWORD": database.url.password or ""}
    done = subprocess.run(
        [program, "--format=custom", f"--file={target}", url], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        target.unlink(missing_ok=True)
        raise BackupFailed(f"pg_dump made no copy: {done.stderr.strip().splitlines()[-1]}")
