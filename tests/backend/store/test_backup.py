import shutil
from pathlib import Path

import pytest

from backend.store import experiments
from backend.store.backup import BackupFailed, back_up
from backend.store.database import Database


def test_a_copy_is_made_while_the_database_is_in_use(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    with database.read() as session:
        experiments.count(session)
        back_up(database, tmp_path / "copy.db")
    database.close()
    copy = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    with copy.read() as session:
        assert experiments.count(session) == 0
    copy.close()


@pytest.mark.services
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed (Debian: postgresql-client)")
def test_postgresql_is_dumped(postgresql_url: str, tmp_path: Path) -> None:
    database = Database(postgresql_url)
    back_up(database, tmp_path / "dump")
    database.close()
    assert (tmp_path / "dump").read_bytes().startswith(b"PGDMP")


def test_a_folder_that_is_not_there_is_named(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed):
        back_up(database, tmp_path / "nowhere" / "copy.db")
    assert not (tmp_path / "nowhere").exists()


def test_no_file_is_ever_overwritten(database: Database, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(database, tmp_path / "precious")
    assert (tmp_path / "precious").read_text() == "precious"
