"""What all tests share: a data folder of their own, settings, databases, and real servers on free loopback ports."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import redis

from backend.settings.settings import Settings, load_settings
from backend.store.database import Database
from backend.store.migrate import upgrade

_numbers = count()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own data folder. No setting of the surroundings reaches a test, no test the user's data."""
    for name in [name for name in os.environ if name.startswith("AUTOLR_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("AUTOLR_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    """The embedded default in the test's data folder, with short waits."""
    return load_settings(port=free_port(), workers=1, lease_seconds=3.0, reconcile_seconds=0.5)


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of the tests' own; its URL without the database's name."""
    binaries = _postgresql_binaries()
    folder = Path(tempfile.mkdtemp(prefix="autolr-postgresql-"))
    as_user = _unprivileged(folder)
    data = folder / "data"
    port = free_port()
    # No durability, no Unix socket (its path may be too long): only what a test needs.
    options = f"-p {port} -h 127.0.0.1 -F -c unix_socket_directories="

    def run(binary: str, *words: str) -> None:
        command = [*as_user, str(binaries / binary), "-D", str(data), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "-U", "autolr", "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql+psycopg://autolr@127.0.0.1:{port}"
        run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """The name of a migrated, empty database on the server to copy."""
    _administrate(postgresql_server, "CREATE DATABASE migrated")
    _migrate(f"{postgresql_server}/migrated")
    return "migrated"


@pytest.fixture
def postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    """An empty migrated database on a real PostgreSQL."""
    name = f"test_{next(_numbers)}"
    _administrate(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql}")
    yield f"{postgresql_server}/{name}"
    _administrate(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(data_dir: Path, migrated_sqlite_file: Path) -> str:
    """An empty migrated SQLite database, where the embedded default expects it."""
    data_dir.mkdir(exist_ok=True)
    file = shutil.copy(migrated_sqlite_file, data_dir / "autolr.db")
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty migrated database, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """A Redis server of the tests' own."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="autolr-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for_redis(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty real Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    # SQLite: its write-ahead log is emptied into the file when the last connection closes.
    database.close()


def _postgresql_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    return Path(initdb).parent


def _unprivileged(folder: Path) -> list[str]:
    """Return the words before a command that PostgreSQL's server, which refuses to run as root, needs."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, user="postgres", group="postgres")
    return ["runuser", "-u", "postgres", "--"]


def _administrate(server: str, statement: str) -> None:
    url = server.replace("+psycopg", "") + "/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _wait_for_redis(port: int) -> None:
    with redis.Redis(port=port, retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 200)) as client:
        client.ping()
