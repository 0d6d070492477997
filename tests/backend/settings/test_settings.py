import sys
from pathlib import Path

import pytest

from backend.settings.settings import SETTINGS_FILE, SettingsError, load_settings


def test_the_default_needs_one_folder_and_no_service(data_dir: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == data_dir
    assert settings.database_url == f"sqlite:///{data_dir}/autolr.db"
    assert settings.broker_url == f"files://{data_dir}/broker"
    assert (settings.host, settings.port, settings.queue) == ("127.0.0.1", 8400, "cpu")
    assert settings.workers >= 1


def test_flags_win_over_the_environment_that_over_the_file_and_that_over_defaults(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir.mkdir()
    (data_dir / SETTINGS_FILE).write_text("port: 1\nhost: from-the-file\nqueue: file\n")
    monkeypatch.setenv("AUTOLR_PORT", "2")
    monkeypatch.setenv("AUTOLR_QUEUE", "environment")
    settings = load_settings(port=3)
    assert (settings.port, settings.queue, settings.host, settings.lease_seconds) == (
        3,
        "environment",
        "from-the-file",
        15,
    )


def test_the_file_is_that_of_the_data_folder_which_a_flag_names(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text("workers: 7\n")
    assert load_settings(data_dir=tmp_path).workers == 7
    assert load_settings().workers != 7


def test_a_flag_that_was_not_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOLR_PORT", "2")
    assert load_settings(port=None).port == 2


def test_another_process_gets_the_same_settings_from_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(
        data_dir=tmp_path / "my data, 100 % ü", port=9, datasets_dir=tmp_path, lease_seconds=0.1, reuse_trainings=True
    )
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_a_folder_may_be_named_as_in_a_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings(data_dir="~/autolr").data_dir == tmp_path / "autolr"
    monkeypatch.chdir(tmp_path)
    assert load_settings(data_dir="here").data_dir == tmp_path / "here"


def test_trainings_are_taken_over_only_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load_settings().reuse_trainings
    monkeypatch.setenv("AUTOLR_REUSE_TRAININGS", "1")
    assert load_settings().reuse_trainings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "http"),
        ("port", 65536),
        ("workers", -1),
        ("lease_seconds", 0),
        ("lease_seconds", float("nan")),
        ("reconcile_seconds", float("inf")),
        ("queue", "../cpu"),
        ("log_level", "chatty"),
        ("pork", 1),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_its_setting(name: str, value: object) -> None:
    with pytest.raises(SettingsError) as wrong:
        load_settings(**{name: value})
    assert str(wrong.value).startswith(f"Setting {name} is {value!r}: ")


@pytest.mark.parametrize("content", ["port: [", "- port", "port", "\t:"])
def test_a_file_that_is_no_yaml_or_holds_no_settings_is_named(data_dir: Path, content: str) -> None:
    data_dir.mkdir()
    (data_dir / SETTINGS_FILE).write_text(content)
    with pytest.raises(SettingsError, match=SETTINGS_FILE):
        load_settings()


def test_a_key_of_the_file_that_nobody_knows_is_named(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / SETTINGS_FILE).write_text("prot: 8400\n")
    with pytest.raises(SettingsError, match="Setting prot"):
        load_settings()


def test_proofs_run_under_the_interpreter_that_is_named_else_under_this_one() -> None:
    settings = load_settings(python_for_torch="/opt/torch/bin/python")
    assert settings.python_for("torch") == "/opt/torch/bin/python"
    assert settings.python_for("optax") == sys.executable
