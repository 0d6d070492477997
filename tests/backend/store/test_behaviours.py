from concurrent.futures import ThreadPoolExecutor

from backend.store import behaviours
from backend.store.database import Database


def add(database: Database, key: str) -> int:
    with database.write() as session:
        return behaviours.get_or_add(session, key=key, kind="rate_vector", content={"rates": [0.1]}).id


def test_a_behaviour_is_stored_once(database: Database) -> None:
    assert add(database, "a") == add(database, "a")
    assert add(database, "a") != add(database, "b")


def test_many_who_store_the_same_behaviour_at_once_get_the_same_one(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: add(database, "a"), range(16)))) == 1


def test_keys_are_found_by_id(database: Database) -> None:
    ids = {add(database, "a"): "a", add(database, "b"): "b"}
    with database.read() as session:
        assert behaviours.keys(session, ids.keys()) == ids
