import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backend.cli.failure import Failure
from backend.cli.opening import current_database, make_data_folder, shown, upgraded_database
from backend.settings.settings import Settings, load_settings
from backend.store.database import Database
from backend.store.migrate import is_current


def test_a_data_folder_is_made_with_all_that_is_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert make_data_folder(load_settings(data_dir=folder)) == folder
    assert folder.is_dir()


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match=r"data folder .*file.* cannot be written \(.*\); choose another one"):
        make_data_folder(load_settings(data_dir=tmp_path / "file" / "below"))


def test_opening_makes_and_upgrades_the_database(settings: Settings) -> None:
    make_data_folder(settings)
    with upgraded_database(settings) as database:
        assert is_current(database)


def test_looking_at_a_database_makes_none(settings: Settings) -> None:
    with pytest.raises(Failure, match="There is no database yet"), current_database(settings):
        pass
    assert not settings.data_dir.exists()


def test_an_older_database_is_not_upgraded_by_looking_at_it(settings: Settings) -> None:
    make_data_folder(settings)
    with closing(sqlite3.connect(settings.data_dir / "autolr.db")) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(Failure, match="autolr db upgrade"), current_database(settings):
        pass


def test_a_database_of_a_newer_version_is_refused_and_left_alone(sqlite_url: str, settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data_dir / "autolr.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    with pytest.raises(Failure, match="from_the_future"), upgraded_database(settings):
        pass


def test_a_file_that_is_no_database_is_named(settings: Settings) -> None:
    make_data_folder(settings)
    (settings.data_dir / "autolr.db").write_text("This is a text, and longer than a header. " * 50)
    with pytest.raises(Failure, match="does not work: file is not a database"), upgraded_database(settings):
        pass


@pytest.mark.parametrize("url", ["nonsense", "oracle://host/name", "mysql://host/name"])
def test_a_database_url_of_another_kind_is_refused(url: str) -> None:
    with (
        pytest.raises(Failure, match="sqlite:///file or postgresql://"),
        upgraded_database(load_settings(database_url=url)),
    ):
        pass


def test_a_database_server_that_is_not_there_is_named_without_its_password(settings: Settings) -> None:
    url = f"postgresql://autolr:secret@127.0.0.1:{settings.port}/autolr"
    with pytest.raises(Failure, match="does not work: ") as failure, upgraded_database(load_settings(database_url=url)):
        pass
    assert "secret" not in str(failure.value)
    database = Database(url)
    assert "secret" not in shown(database)
    database.close()
