"""Launch what was ordered, once, however often the same order comes with the same key."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.store.database import Database

Launched = TypeVar("Launched")


def launched(database: Database, idempotency_key: str | None, launch: Callable[[Session], Launched]) -> Launched:
    """Return what `launch` makes in a transaction of its own, or finds there, if the key was used before."""
    try:
        with database.write() as session:
            return launch(session)
    except IntegrityError:
        if idempotency_key is None:
            raise
        # The same order with the same key came at the same moment and was first: it is there now.
        with database.write() as session:
            return launch(session)
