"""`--set search.population_size=10`: changes to a preset, as they are typed."""

from collections.abc import Sequence

import yaml

from backend.cli.failure import Failure


def overrides(assignments: Sequence[str]) -> dict[str, object]:
    """Return the changes nested as a configuration is; values are YAML, as lists are. `Failure` if one is malformed."""
    nested: dict[str, object] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not all(part.isidentifier() for part in key.split(".")):
            raise Failure(f"--set {assignment!r} is not of the form key=value, such as search.population_size=10.")
        _place(nested, key.split("."), _scalar(value), assignment)
    return nested


def _place(nested: dict[str, object], parts: list[str], value: object, assignment: str) -> None:
    """Put the value where the parts lead to."""
    group = nested
    for part in parts[:-1]:
        inner = group.setdefault(part, {})
        if not isinstance(inner, dict):
            raise Failure(f"--set {assignment!r} contradicts an earlier --set of {part}.")
        group = inner
    group[parts[-1]] = value


def _scalar(text: str) -> object:
    """Return the number, truth value, null or list that is written there; everything else is text."""
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return text
    return value if value is None or isinstance(value, bool | int | float | list) else text
