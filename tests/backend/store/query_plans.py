"""How SQLite would carry a query out."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from backend.store.database import Database


def query_plans(database: Database, *asked: Callable[[Session], object]) -> list[str]:
    """Return the plan of the first statement of each question."""
    with database.read() as session:
        connection = session.connection()
        said: list[Any] = []
        event.listen(connection, "before_cursor_execute", lambda *seen: said.append(seen[2:4]))
        plans = []
        for question in asked:
            said.clear()
            question(session)
            sql, given = said[0]
            plans.append(str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all()))
    return plans
