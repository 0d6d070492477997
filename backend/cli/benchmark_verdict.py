"""Following a benchmark from the terminal, and its table and verdict once it has ended."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backend.cli.following import POLL_SECONDS
from backend.cli.output import err, note, out, print_json, print_table, text
from backend.cli.places import Place

_COLUMNS = ("contender", "problem", "n", "failed", "mean", "sd", "median", "95 % of the median", "best")
_COMPARED = ("finalist", "rival", "problem", "n", "difference", "p", "p Holm", "p pairs", "A12", "outcome")


def follow_benchmark(place: Place, benchmark_id: int, watch: bool) -> dict[str, Any]:
    """Wait until the benchmark has ended; return its last document."""
    try:
        return _followed(place, benchmark_id, watch)
    except KeyboardInterrupt:
        note("Interrupted. The benchmark is kept: it goes on as soon as workers are there (autolr up).")
        raise


def print_benchmark(document: Mapping[str, Any], as_json: bool) -> None:
    """Print what came out: as JSON, or as a table and a verdict."""
    if as_json:
        print_json(document)
    else:
        _print(document)


def check_finished(documents: Sequence[Mapping[str, Any]]) -> None:
    """End the program with 1 where a benchmark came to no verdict."""
    if any(document["state"] != "finished" for document in documents):
        raise typer.Exit(1)


def _followed(place: Place, benchmark_id: int, watch: bool) -> dict[str, Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[now]}"), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not watch) as progress:
        bar = progress.add_task(f"benchmark {benchmark_id}", total=1.0, now="")
        while True:
            document = place.benchmark(benchmark_id)
            now = f"{document['phase']}, {document['trainings_finished']} of {document['trainings']} trainings"
            progress.update(bar, completed=document["progress"], now=now)
            if document["state"] not in ("waiting", "running"):
                return document
            time.sleep(POLL_SECONDS)


def _print(document: Mapping[str, Any]) -> None:
    labels = [entrant["label"] for entrant in document["entrants"]]
    for each in document["tuned"]:
        out.print(f"- tuned: {text(each['sentence'])}", soft_wrap=True)
    print_table(_COLUMNS, [_row(row, labels) for row in document["table"]])
    if document["judged"]:
        out.print()
        print_table(_COMPARED, [_compared(each["comparison"]) for each in document["judged"]])
    out.print()
    if document["headline"]:
        out.print(text(document["headline"]), soft_wrap=True)
    for each in document["judged"]:
        out.print(f"- {text(each['sentence'])}", soft_wrap=True)
    for warning in (*document["edges"], *document["warnings"]):
        out.print(f"! {text(warning)}", soft_wrap=True)
    if document["message"]:
        note(f"Benchmark {document['id']}: {text(document['message'])}")


def _row(row: Mapping[str, Any], labels: list[str]) -> list[object]:
    between = None if row["low"] is None else f"{row['low']:.4f} to {row['high']:.4f}"
    measured = [None if row[name] is None else f"{row[name]:.4f}" for name in ("mean", "deviation", "median")]
    best = "best" if row["best"] else None
    return [labels[row["contender"]], row["problem"], row["n"], row["failed"], *measured, between, best]


def _compared(found: Mapping[str, Any]) -> list[object]:
    difference = None if found["difference"] is None else f"{found['difference']:+.4f}"
    numbers = [None if found[name] is None else f"{found[name]:.2g}" for name in ("p", "p_holm", "p_pairs")]
    share = None if found["a12"] is None else f"{found['a12']:.2f}"
    said = found["outcome"].replace("_", " ")
    return [found["finalist"], found["rival"], found["problem"], found["n"], difference, *numbers, share, said]
