"""The settings of a parameter file, each with the line that it stands on; YAML and JSON are read, never executed."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from backend.originals.errors import UnreadableOriginal
from backend.originals.json_text import objects

# A parameter file has some forty lines.
LARGEST_PARAMETER_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Assigned:
    """A setting: its key in upper case, its value, and where it stands (lines count from 1)."""

    file: str
    line: int
    key: str
    value: object

    def refused(self, why: str) -> UnreadableOriginal:
        """Return the error that says why this setting cannot be taken over."""
        return UnreadableOriginal(self.file, f"{self.key} {why}", self.line)

    def whole(self, least: int = 0) -> int:
        """Return the value as a whole number of at least `least`; raises UnreadableOriginal if it is none."""
        number = self.number()
        if number != int(number) or number < least:
            raise self.refused(f"must be a whole number of at least {least}, not {self.value!r}.")
        return int(number)

    def number(self) -> float:
        """Return the value as a finite number; raises UnreadableOriginal if it is none. YAML reads 1e-3 as text."""
        try:
            number = math.nan if isinstance(self.value, bool) else float(self.value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise self.refused(f"must be a number, not {self.value!r}.")
        return number

    def flag(self) -> bool:
        """Return the value as yes or no."""
        if not isinstance(self.value, bool | None):
            raise self.refused(f"must be true or false, not {self.value!r}.")
        return bool(self.value)


def from_yaml(text: str, file: str) -> tuple[Assigned, ...]:
    """Return the settings of a YAML file; raises UnreadableOriginal if it is none, or no list of settings."""
    if len(text) > LARGEST_PARAMETER_FILE:
        raise UnreadableOriginal(file, f"this is no parameter file: it has {len(text):,} characters.")
    try:
        _refuse_aliases(text, file)
        return tuple(_pairs(yaml.SafeLoader(text), file))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise UnreadableOriginal(file, f"this is no YAML: {error.problem or error.context}.", line) from None
    except (yaml.YAMLError, RecursionError):
        raise UnreadableOriginal(file, "this is no YAML.") from None


def _refuse_aliases(text: str, file: str) -> None:
    """With aliases, which the original never writes, a short file could stand for a value of any size."""
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else None
            raise UnreadableOriginal(file, f"the alias *{event.anchor} is not possible here.", line)


def _pairs(loader: yaml.SafeLoader, file: str) -> Iterator[Assigned]:
    node = loader.get_single_node()
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableOriginal(file, "this is no parameter file: it has no settings such as POPSIZE: 20.")
    for key, value in node.value:
        line = key.start_mark.line + 1
        try:
            name = str(loader.construct_object(key, deep=True))
            yield Assigned(file, line, name, loader.construct_object(value, deep=True))
        except ValueError as error:
            # A date of the 99th month, a whole number of some thousand digits.
            raise UnreadableOriginal(file, f"a value cannot be read: {error}.", line) from None


def from_json(text: str, file: str) -> tuple[tuple[Assigned, ...], ...]:
    """Return the settings of each object of a `_parameters.json`, which may hold several one after another.

    Their keys are in lower case there. Raises UnreadableOriginal for torn JSON and for anything but objects.
    """
    found = []
    for start, value in objects(text, file):
        if not isinstance(value, dict):
            raise UnreadableOriginal(file, "this is no parameter file: it holds something that is no object.")
        found.append(tuple(_located(text, start, file, value)))
    return tuple(found)


def _located(text: str, start: int, file: str, values: dict[str, object]) -> Iterator[Assigned]:
    for key, value in values.items():
        place = text.find(json.dumps(key), start)
        yield Assigned(file, text.count("\n", 0, max(place, start)) + 1, key.upper(), value)


def duplicates(settings: Sequence[Assigned]) -> Iterator[Assigned]:
    """Yield every setting whose key was given before."""
    seen: set[str] = set()
    for each in settings:
        if each.key in seen:
            yield each
        seen.add(each.key)
