"""The way into the database: one transaction for a write, one snapshot for a read, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from backend.store import events

# How long a writer waits for the writer before it. Transactions here last milliseconds.
BUSY_TIMEOUT_MS = 30_000


class Database:
    """Opens sessions on the database at `url` (`sqlite:///file` or `postgresql://...`)."""

    def __init__(self, url: str) -> None:
        self.url = normalised_url(url)
        self._writer = _sqlite_engine(self.url, "IMMEDIATE") if self.is_sqlite else create_engine(self.url)
        # SQLite has one writer: readers get an engine of their own, so that none of them ever asks for its lock.
        self._reader = _sqlite_engine(self.url, "DEFERRED") if self.is_sqlite else self._writer

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end with the events it announced, rolled back by an exception."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session
            events.write_announced(session)

    @contextmanager
    def migrate(self) -> Iterator[Session]:
        """One transaction that may rebuild tables which others refer to; what they refer to is checked at its end.

        SQLite changes a column by copying its table and dropping the old one, which it refuses while others refer to
        it. It can be told so only outside of transactions.
        """
        with self._writer.connect() as connection:
            if not self.is_sqlite:
                with Session(connection) as session, session.begin():
                    yield session
                return
            driver = connection.connection
            driver.execute("PRAGMA foreign_keys = OFF")
            try:
                with Session(connection) as session, session.begin():
                    yield session
                    _check_references(session)
            finally:
                driver.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot for reading; what is changed in it is forgotten."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self._writer.dispose()
        self._reader.dispose()


def normalised_url(text: str) -> URL:
    """Return the URL with the driver this project uses: psycopg 3 for PostgreSQL."""
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _check_references(session: Session) -> None:
    broken = session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"The migration left {len(broken)} rows that refer to nothing, first of them: {broken[0]}.")


def _sqlite_engine(url: URL, begin: str) -> Engine:
    """Return an engine whose transactions start with `BEGIN <begin>`.

    A transaction that reads first and writes later fails at once where another has written in between, whatever the
    timeout (SQLITE_BUSY_SNAPSHOT); with BEGIN IMMEDIATE a writer waits its turn before it reads.
    """
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions on its own: then also DDL is transactional.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: object) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")  # type: ignore[attr-defined]

    return engine
