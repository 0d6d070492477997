"""Following a benchmark from the terminal, and its table and verdict once it has ended."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backend.cli.following import POLL_SECONDS
from backend.cli.output import err, note, out, print_json, print_table, text
from backend.cli.places import Place

_COLUMNS = ("contender", "problem", "n", "failed", "mean", "sd", "median", "95 % of the median", "trainings", "best")
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
        bar = progress.add_task(f"benchmark {benchmark_id}", total=None, now="")
        while True:
            document = place.benchmark(benchmark_id)
            done, asked = document["trainings_finished"], document["trainings"]
            # With another total, as when a confirmation begins, a bar that was full goes on, and so does its clock.
            progress.update(bar, total=asked, completed=done, now=f"{document['phase']}, {done} of {asked} trainings")
            if document["state"] not in ("waiting", "running"):
                return document
            time.sleep(POLL_SECONDS)


def _print(document: Mapping[str, Any]) -> None:
    labels = [entrant["label"] for entrant in document["entrants"]]
    for each in document["tuned"]:
        out.print(f"- tuned: {text(each['sentence'])}", soft_wrap=True)
    published = document["published"]
    columns = [*_COLUMNS, published["word"]] if published else _COLUMNS
    rows = [_row(row, document["entrants"][row["contender"]]) for row in document["table"]]
    beside = [[_published(row, published, labels)] if published else [] for row in document["table"]]
    print_table(columns, [[*row, *more] for row, more in zip(rows, beside, strict=True)])
    if published:
        out.print(f"{text(published['word'])}: {text(published['source'])}", soft_wrap=True)
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


def _row(row: Mapping[str, Any], entrant: Mapping[str, Any]) -> list[object]:
    between = None if row["low"] is None else f"{row['low']:.4f} to {row['high']:.4f}"
    measured = [None if row[name] is None else f"{row[name]:.4f}" for name in ("mean", "deviation", "median")]
    best = "best" if row["best"] else None
    return [entrant["label"], row["problem"], row["n"], row["failed"], *measured, between, _trainings(entrant), best]


def _trainings(entrant: Mapping[str, Any]) -> str | None:
    """Return the trainings of search and tuning; marked where they were fewer than the finalist's."""
    if entrant["trainings"] is None:
        return None
    return f"{entrant['searched'] + entrant['trainings']}{' (fewer)' if entrant['less'] else ''}"


def _published(row: Mapping[str, Any], published: Mapping[str, Any], labels: list[str]) -> str | None:
    place = (labels[row["contender"]], row["problem"])
    found = [each for each in published["figures"] if (each["contender"], each["problem"]) == place]
    return "; ".join(_figure(each) for each in found) or None


def _figure(found: Mapping[str, Any]) -> str:
    spread = "" if found["sd"] is None else f" ± {found['sd']:.4f}"
    count = "" if found["n"] is None else f", n {found['n']}"
    return f"{found['mean']:.4f}{spread} ({found['part']}{count})"


def _compared(found: Mapping[str, Any]) -> list[object]:
    difference = None if found["difference"] is None else f"{found['difference']:+.4f}"
    numbers = [None if found[name] is None else f"{found[name]:.2g}" for name in ("p", "p_holm", "p_pairs")]
    share = None if found["a12"] is None else f"{found['a12']:.2f}"
    said = found["outcome"].replace("_", " ")
    return [found["finalist"], found["rival"], found["problem"], found["n"], difference, *numbers, share, said]
