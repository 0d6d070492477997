"""What differs between two configurations, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, JsonValue


@dataclass(frozen=True)
class Difference:
    """A field (its place in the configuration, with dots) whose value is not the preset's."""

    field: str
    preset: JsonValue
    value: JsonValue


def differences(preset: BaseModel, other: BaseModel) -> tuple[Difference, ...]:
    """Return the fields of `other` that differ from the preset, in the order in which they are declared."""
    return tuple(_differences(preset, other, ""))


def _differences(preset: BaseModel, other: BaseModel, prefix: str) -> Iterator[Difference]:
    for name in type(other).model_fields:
        ours, theirs = getattr(preset, name), getattr(other, name)
        if isinstance(theirs, BaseModel) and isinstance(ours, BaseModel):
            yield from _differences(ours, theirs, f"{prefix}{name}.")
        elif ours != theirs:
            yield Difference(f"{prefix}{name}", _json(ours), _json(theirs))


def _json(value: object) -> JsonValue:
    """Return the value as JSON has it: a list where Python has a tuple, an object where it has a model."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return [_json(each) for each in value] if isinstance(value, tuple) else value  # type: ignore[return-value] # a model's field is JSON
