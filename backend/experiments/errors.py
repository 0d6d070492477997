"""What a user can do wrong. Every error says in one sentence which field, which value, and what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass


def json_pointer(parts: Iterable[object]) -> str:
    """Return the JSON pointer (RFC 6901) that leads through these keys and indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(frozen=True)
class FieldError:
    """One fault of an order: where it stands (a JSON pointer into the order) and what is wrong."""

    pointer: str
    detail: str


class InvalidOrder(Exception):
    """The order cannot be carried out; nothing was stored."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(f"{error.pointer.strip('/').replace('/', '.')}: {error.detail}" for error in errors))
        self.errors = errors


class NotFound(LookupError):
    """There is no such thing."""

    def __init__(self, kind: str, identifier: object) -> None:
        super().__init__(f"There is no {kind} {identifier}.")
        self.kind = kind
        self.identifier = identifier


class WrongState(Exception):
    """What was asked is impossible in the run's present state; the message says which."""


class IdempotencyConflict(Exception):
    """The Idempotency-Key was used before, for another order."""
