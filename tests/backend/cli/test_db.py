from pathlib import Path

from backend.settings.settings import Settings
from backend.store.database import Database
from backend.store.migrate import is_current
from tests.backend.cli.programs import Program


def test_upgrading_makes_the_database(autolr: Program, settings: Settings) -> None:
    assert autolr("db", "upgrade").code == 0
    database = Database(settings.database_url)
    assert is_current(database)
    database.close()


def test_a_backup_is_a_database_with_the_same_runs(autolr: Program, finished_run: int, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert autolr("db", "backup", str(elsewhere / "autolr.db")).code == 0
    listed = autolr("runs", "list", "--json").out
    assert autolr("runs", "list", "--json", "--data-dir", str(elsewhere)).out == listed


def test_a_backup_goes_into_the_data_folder_by_itself_and_never_over_another(
    autolr: Program, finished_run: int, data_dir: Path, tmp_path: Path
) -> None:
    assert autolr("db", "backup").code == 0
    (file,) = data_dir.glob("*.backup")
    outcome = autolr("db", "backup", str(file))
    assert outcome.code == 2
    assert "exists already" in outcome.err
