"""Whether numbers that a user gave can be used, each with a sentence that names the number and what is allowed."""

from typing import get_args


def check_count(name: str, value: int, least: int) -> None:
    """Raise `ValueError` unless the value is a whole number of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}.")


def check_rate(name: str, value: float) -> None:
    """Raise `ValueError` unless the value is a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{name} must be a number from 0 to 1, not {value!r}.")


def check_one_of(name: str, value: object, choice: object) -> None:
    """Raise `ValueError` unless the value is one of the words of a `Literal`."""
    allowed = get_args(choice)
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
