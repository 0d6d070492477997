"""What commands print: tables for people, JSON for scripts."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from backend.cli.failure import Failure

# Results go to standard output, everything else to standard error, so that output can be piped.
# A pipe or a file has no width at which a name would have to be broken.
out = Console(highlight=False, width=None if sys.stdout.isatty() else 1000)
err = Console(stderr=True, highlight=False)


def write(content: str, file: Path | None) -> None:
    """Write a text into a file and say so; print it as it is where there is none. Raises `Failure`."""
    if file is None:
        out.out(content, end="")
        return
    try:
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}.") from None
    note(f"Written: {file}")


def print_json(value: object) -> None:
    """Print one line of JSON; NaN and Infinity are no JSON and never get here."""
    out.out(json.dumps(value, allow_nan=False, ensure_ascii=False))


def note(message: str) -> None:
    """Say on standard error what is going on; `[bold]` and the like are markup."""
    err.print(message, soft_wrap=True)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None) -> None:
    """Print a table; None is shown as a dash."""
    table = Table(*columns, title=title, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(text(cell) for cell in row))
    out.print(table)


def print_fields(values: Mapping[str, object]) -> None:
    """Print names and values, one pair a line."""
    width = max(len(name) for name in values)
    for name, value in values.items():
        out.print(f"{name:{width}}  {text(value)}", soft_wrap=True)


def text(value: object) -> str:
    """Return a value as it is shown to people."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}"
    return escape(json.dumps(value) if isinstance(value, dict | list | tuple) else str(value))


def time_text(seconds: float | None) -> str:
    """Return a time, given in seconds since the epoch, in the time zone of this machine."""
    return "-" if seconds is None else datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "seconds")
