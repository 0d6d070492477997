"""Presets: configurations with a name, kept as YAML files; and an order's configuration resolved against them."""

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationError

from backend.experiments.configuration import Configuration, Name, Order, Strict
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.faults import field_errors
from backend.settings.resources import PRESETS


class Measured(Strict):
    """What a run of the preset costs, as measured, and on what."""

    core_minutes: Annotated[float, Field(gt=0)]
    note: str
    # Where a benchmark follows: those of the search alone.
    search_core_minutes: Annotated[float, Field(gt=0)] | None = None


class Preset(Strict):
    """A configuration that is known to be sensible, and what it is for."""

    name: Name
    title: str
    description: str
    # Whether it reproduces a published set-up exactly; else it is ours.
    faithful: bool
    measured: Measured
    configuration: Configuration


def preset_names() -> tuple[str, ...]:
    """Return the names of all presets, quickest first."""
    return tuple(preset.name for preset in presets())


def presets() -> tuple[Preset, ...]:
    """Return all presets, quickest first."""
    found = (_read(path) for path in sorted(PRESETS.glob("*.yaml")))
    return tuple(sorted(found, key=lambda preset: preset.measured.core_minutes))


def load_preset(name: str) -> Preset:
    """Return the preset of that name; `InvalidOrder` naming those that exist if there is none."""
    known = {path.stem: path for path in PRESETS.glob("*.yaml")}
    if name not in known:
        detail = f"there is no preset {name!r}; there are {', '.join(preset_names())}"
        raise InvalidOrder((FieldError("/preset", detail),))
    return _read(known[name])


def resolve(order: Order) -> Configuration:
    """Return the order's full configuration; `InvalidOrder` with every fault found."""
    start = load_preset(order.preset).configuration if order.preset else Configuration()
    try:
        return Configuration.model_validate(laid_over(start.model_dump(), order.overrides))
    except ValidationError as error:
        raise InvalidOrder(field_errors(error, "/overrides", Configuration)) from None


def laid_over(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with `changes` laid over it, group by group."""
    merged = dict(base)
    for key, value in changes.items():
        inner = base.get(key)
        merged[key] = laid_over(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return merged


def _read(path: Path) -> Preset:
    return Preset.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
