"""The settings of an installation: flags win over environment (AUTOLR_...), file and defaults, in this order."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from platformdirs import user_data_path
from pydantic import Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

# Optional, in the data folder.
SETTINGS_FILE = "settings.yaml"

_ENVIRONMENT = "AUTOLR_"


class SettingsError(ValueError):
    """A setting has a value that is not allowed; the message is one plain sentence."""


def _default_data_dir() -> Path:
    return user_data_path("autolr", appauthor=False)


def available_processors() -> int:
    """Return how many processors this process may use; a container often has fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """Everything that differs between installations. The defaults need one folder and no service."""

    model_config = SettingsConfigDict(env_prefix=_ENVIRONMENT, extra="forbid", frozen=True)

    # Holds database, broker, lock and data sets of the embedded default.
    data_dir: Path = Field(default_factory=_default_data_dir)
    # sqlite:///file or postgresql://user:password@host/name; empty: a file in the data folder.
    database_url: str = ""
    # files:///folder or redis://host/number; empty: a folder in the data folder.
    broker_url: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8400
    # Names, separated by commas, under which browsers and programs reach this server, besides localhost and `host`.
    allowed_hosts: str = ""
    # Worker slots: processes that train one evaluation at a time with one thread.
    workers: Annotated[int, Field(ge=0, le=1024)] = Field(default_factory=available_processors)
    # Workers with other hardware listen to a queue of their own.
    queue: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,49}$")] = "cpu"
    # An evaluation whose worker has not been heard of for so long is given to another one.
    lease_seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 15.0
    # A training that makes no progress for so long ends with the reason "timeout".
    evaluation_limit_seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 3600.0
    # Whether a worker takes over the result of an equal training in the database: same key, same numerics fingerprint.
    reuse_trainings: bool = False
    reconcile_seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 3.0
    # Interpreters that run the proofs of exports, each with its library: paths, or names on PATH; empty: the worker's.
    python_for_keras: str = ""
    python_for_torch: str = ""
    python_for_optax: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    # A folder of the user's in which data sets are looked for first.
    datasets_dir: Path | None = None

    @model_validator(mode="after")
    def _fill_from_data_dir(self) -> Self:
        folder = self.data_dir.expanduser().absolute()
        derived = {
            "data_dir": folder,
            "database_url": self.database_url or f"sqlite:///{folder}/autolr.db",
            "broker_url": self.broker_url or f"files://{quote(str(folder))}/broker",
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)  # frozen for everybody else
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: flags, environment, file of the data folder."""
        known = {**env_settings(), **init_settings()}
        folder = Path(known.get("data_dir") or _default_data_dir())
        file = YamlConfigSettingsSource(settings_cls, yaml_file=folder.expanduser() / SETTINGS_FILE)
        return init_settings, env_settings, file

    def python_for(self, format_name: str) -> str:
        """Return the interpreter that proves exports of a format."""
        return getattr(self, f"python_for_{format_name}") or sys.executable

    def environment(self) -> dict[str, str]:
        """Return the environment variables with which another process has the same settings."""
        values = self.model_dump(mode="json", exclude_none=True)
        return {f"{_ENVIRONMENT}{name.upper()}": str(value) for name, value in values.items()}


def load_settings(**flags: Any) -> Settings:
    """Return the settings of this process; a flag that is None was not given. May raise `SettingsError`."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(f"Setting {name} is {first['input']!r}: {first['msg']}.") from None
    except (YAMLError, ValueError, TypeError) as error:
        # It is no YAML, or no mapping.
        raise SettingsError(
            f"The data folder's {SETTINGS_FILE} cannot be read: {' '.join(str(error).split())}"
        ) from None
