"""What a page may show of the settings: everything but passwords."""

import re

from backend.settings.settings import Settings

# A password may hold @ and / unescaped by mistake: up to the last @ all is hidden.
_PASSWORD = re.compile(r"(://[^:/?#]*):.*@")
# Drivers take passwords as parameters, too.
_PARAMETERS = re.compile(r"\?.*")


def shown_settings(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """Return (name, environment variable, value) of every setting, without the passwords inside addresses."""
    values = settings.model_dump(mode="json")
    return tuple(
        (name.replace("_", " "), f"AUTOLR_{name.upper()}", _shown(name, value)) for name, value in values.items()
    )


def _shown(name: str, value: object) -> str:
    if value is None or value == "":
        return "not set"
    return without_password(str(value)) if name.endswith("_url") else str(value)


def without_password(address: str) -> str:
    """Return the address with its password and its parameters replaced by asterisks."""
    return _PARAMETERS.sub("?***", _PASSWORD.sub(r"\1:***@", address))
