"""Open what a command needs; whatever cannot be opened becomes one plain sentence."""

import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from backend.cli.failure import Failure
from backend.settings.logs import log_to_stderr
from backend.settings.settings import Settings, SettingsError, load_settings
from backend.store.database import Database
from backend.store.migrate import NewerDatabase, check_not_newer, is_current, upgrade


def open_settings(**flags: Any) -> Settings:
    """Return the settings with these flags, and log as they say."""
    try:
        settings = load_settings(**flags)
    except SettingsError as error:
        raise Failure(str(error)) from None
    log_to_stderr(settings.log_level)
    return settings


def make_data_folder(settings: Settings) -> Path:
    """Make the data folder and return it; `Failure` if nothing can be written there."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Failure(
            f"The data folder {folder} cannot be written ({error.strerror}); choose another one with --data-dir "
            "or AUTOLR_DATA_DIR."
        ) from None
    return folder


@contextmanager
def upgraded_database(settings: Settings) -> Iterator[Database]:
    """Open the database, made or upgraded first."""
    with _opened(settings) as database:
        upgrade(database)
        yield database


@contextmanager
def current_database(settings: Settings) -> Iterator[Database]:
    """Open a database that is there already and of this version, and change nothing about that."""
    if (file := missing_database(settings)) is not None:
        raise Failure(f"There is no database yet at {file}; make one with: autolr up")
    with _opened(settings) as database:
        check_not_newer(database)
        if not is_current(database):
            raise Failure("The database is of an older version; upgrade it with: autolr db upgrade")
        yield database


def missing_database(settings: Settings) -> Path | None:
    """Return the database's file if it is not there yet. Opening the database would make it."""
    path = settings.database_url.removeprefix("sqlite:///")
    absent = path != settings.database_url and not Path(path).exists()
    return Path(path) if absent else None


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = _connect(settings.database_url)
    try:
        yield database
    except NewerDatabase as error:
        raise Failure(str(error)) from None
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        raise Failure(f"The database {shown(database)} does not work: {reason}") from error
    finally:
        database.close()


def _connect(url: str) -> Database:
    try:
        return Database(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise Failure(
            "Setting database_url must be sqlite:///file or postgresql://user:password@host/name; PostgreSQL also "
            "needs its driver: pip install 'autolr[cluster]'"
        ) from None
    except OSError as error:
        raise Failure(f"The database's folder cannot be made: {error}") from None


def shown(database: Database) -> str:
    """Return the database's address without its password."""
    return database.url.render_as_string(hide_password=True)


def check_can_train() -> None:
    """Raise `Failure` if this installation has no TensorFlow; it is looked for, never imported."""
    if importlib.util.find_spec("tensorflow") is None:
        raise Failure("This installation cannot train: TensorFlow is missing. Install: pip install 'autolr[worker]'")
