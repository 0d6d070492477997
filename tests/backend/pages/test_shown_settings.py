"""What the settings page shows."""

import pytest

from backend.pages.shown_settings import shown_settings, without_password
from backend.settings.settings import Settings, load_settings


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://me:secret@host:5432/runs", "postgresql://me:***@host:5432/runs"),
        ("redis://:secret@host/0", "redis://:***@host/0"),
        ("postgresql://me:se@cr/et@host/runs", "postgresql://me:***@host/runs"),
        ("postgresql://host/runs?password=secret", "postgresql://host/runs?***"),
        ("postgresql://me@host/runs", "postgresql://me@host/runs"),
        ("sqlite:////data/autolr.db", "sqlite:////data/autolr.db"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


def test_every_setting_is_shown_with_the_variable_that_sets_it(settings: Settings) -> None:
    variables = {variable for _name, variable, _value in shown_settings(settings)}
    assert variables == {f"AUTOLR_{name.upper()}" for name in Settings.model_fields}


def test_no_shown_value_holds_a_password() -> None:
    settings = load_settings(broker_url="redis://:hunter2@127.0.0.1/0")
    assert not any("hunter2" in value for _name, _variable, value in shown_settings(settings))
