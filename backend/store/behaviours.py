"""Behaviours: shared by all runs, found by their key."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.store.tables import Behaviour

# A statement may have some thousands of parameters.
_AT_ONCE = 500


def get(session: Session, behaviour_id: int) -> Behaviour:
    """Return a behaviour that is known to exist."""
    return session.get_one(Behaviour, behaviour_id)


def keys(session: Session, behaviour_ids: Collection[int]) -> dict[int, str]:
    """Return the keys of behaviours by their ids."""
    found = session.execute(select(Behaviour.id, Behaviour.key).where(Behaviour.id.in_(behaviour_ids)))
    return {row.id: row.key for row in found}


def contents(session: Session, behaviour_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return what behaviours do by their ids."""
    found = session.execute(select(Behaviour.id, Behaviour.content).where(Behaviour.id.in_(behaviour_ids)))
    return {row.id: row.content for row in found}


def get_or_add(session: Session, *, key: str, kind: str, content: Mapping[str, Any]) -> Behaviour:
    """Return the behaviour of that key, storing it if it is new, also when another run stores it at the same time."""
    found = session.scalar(select(Behaviour).where(Behaviour.key == key))
    if found is not None:
        return found
    session.execute(_insert_if_new(session).values(key=key, kind=kind, content=dict(content)))
    return session.scalars(select(Behaviour).where(Behaviour.key == key)).one()


def ids_of(session: Session, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Return the ids of behaviours by key, storing those that are new; `wanted` has kind and content of each key."""
    ids: dict[str, int] = {}
    keys = list(wanted)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        session.execute(_insert_if_new(session), [{"key": key, **wanted[key]} for key in part])
        found = session.execute(select(Behaviour.key, Behaviour.id).where(Behaviour.key.in_(part)))
        ids |= {row.key: row.id for row in found}
    return ids


def _insert_if_new(session: Session) -> Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Behaviour).on_conflict_do_nothing()
    return sqlite.insert(Behaviour).on_conflict_do_nothing()
