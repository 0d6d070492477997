import pytest

from backend.cli import checks
from backend.cli.checks import Check, Verdict, all_checks
from backend.cli.folder_lock import locked
from backend.settings.settings import Settings, available_processors, load_settings
from backend.store import workers
from backend.store.database import Database


def by_subject(settings: Settings) -> dict[str, Check]:
    return {check.subject: check for check in all_checks(settings)}


def announce(database_url: str, problems: dict[str, str | None]) -> None:
    database = Database(database_url)
    with database.write() as session:
        workers.announce(session, name="slot-1", host="here", pid=1, queue="cpu", problems=problems, numerics={})
    database.close()


def test_nothing_is_wrong_with_a_new_installation_and_looking_changes_nothing(settings: Settings) -> None:
    found = by_subject(settings)
    assert not [check for check in found.values() if check.verdict is Verdict.PROBLEM]
    assert found["database"].remedy == "autolr up"
    assert not settings.data_dir.exists()


def test_what_is_there_is_named_with_its_version(settings: Settings) -> None:
    found = by_subject(settings)
    assert "Python 3." in found["versions"].finding
    assert "tensorflow 2." in found["training"].finding


def test_the_server_of_the_data_folder_is_found(sqlite_url: str, settings: Settings) -> None:
    with locked(settings.data_dir, "http://127.0.0.1:1234"):
        assert "http://127.0.0.1:1234" in by_subject(settings)["server"].finding


def test_data_that_no_worker_can_load_come_with_the_way_to_get_them(sqlite_url: str, settings: Settings) -> None:
    announce(sqlite_url, {"mnist-1d": None, "fashion-mnist": "Install dataset-fashion-mnist."})
    found = by_subject(settings)
    assert found["workers"].finding == "slot-1"
    assert found["data of mnist-1d"].verdict is Verdict.OK
    assert found["data of fashion-mnist"].remedy == "Install dataset-fashion-mnist."


def test_a_broker_that_does_not_answer_is_a_problem(settings: Settings) -> None:
    found = by_subject(load_settings(broker_url=f"redis://127.0.0.1:{settings.port}/0"))["broker"]
    assert found.verdict is Verdict.PROBLEM
    assert found.remedy is not None


@pytest.mark.services
def test_a_real_redis_is_well(redis_url: str) -> None:
    assert by_subject(load_settings(broker_url=redis_url))["broker"].verdict is Verdict.OK


def test_more_slots_than_processors_are_noted() -> None:
    found = by_subject(load_settings(workers=available_processors() + 1))["processors"]
    assert found.verdict is Verdict.NOTE


def test_a_full_disk_is_noted(settings: Settings, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LITTLE_SPACE", 2**80)
    assert by_subject(settings)["data folder"].verdict is Verdict.NOTE
