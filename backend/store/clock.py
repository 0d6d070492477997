"""The database's clock, the only one that every process agrees on."""

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement


class now(ColumnElement[float]):  # noqa: N801 - used like an SQL function
    """Seconds since the epoch, with a fraction, when the statement runs."""

    type = Float()
    inherit_cache = True


@compiles(now, "sqlite")
def _sqlite(_element: now, _compiler: SQLCompiler, **_options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _postgresql(_element: now, _compiler: SQLCompiler, **_options: Any) -> str:
    # Not now(): that is the time at which the transaction began, which may be long ago after a wait for a lock.
    return "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"
