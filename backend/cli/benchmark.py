"""`autolr benchmark`: a declared comparison from start to verdict, without a browser."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from pydantic import ValidationError
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backend.cli import options
from backend.cli.assignments import overrides
from backend.cli.failure import Failure
from backend.cli.following import POLL_SECONDS, place_of_runs
from backend.cli.opening import open_settings
from backend.cli.output import err, note, out, print_json, print_table, text
from backend.cli.places import Place
from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_presets import resolve_benchmark
from backend.experiments.errors import InvalidOrder
from backend.experiments.faults import field_errors

# The word in front of an individual's number in --contender.
_INDIVIDUAL = "individual:"
_COLUMNS = ("contender", "problem", "n", "failed", "mean", "sd", "median", "95 % of the median", "best")
_COMPARED = ("finalist", "rival", "problem", "n", "difference", "p", "p Holm", "p pairs", "A12", "outcome")


def benchmark(
    declared: Annotated[str, typer.Argument(help="A preset, such as gp-2025-comparison, or a YAML file.")],
    seed: Annotated[int | None, typer.Option(help="What the seeds of all trials come from.")] = None,
    contender: Annotated[
        list[str] | None,
        typer.Option(help="individual:NUMBER, in the place of the preset's finalists; may be repeated."),
    ] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="A change, key=value; may be repeated.")] = None,
    name: Annotated[str | None, typer.Option(help="What to call the benchmark.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show how it goes.")] = False,
    workers: options.Workers = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Run a benchmark to its verdict: on the server that holds the data folder, else on this machine."""
    order = _order(declared, {"seed": seed, "name": name}, overrides(changes or []), contender or [])
    settings = open_settings(data_dir=data_dir, workers=workers)
    with place_of_runs(settings) as place:
        benchmark_id = place.submit_benchmark(order)
        try:
            document = _follow(place, benchmark_id, watch)
        except KeyboardInterrupt:
            note("Interrupted. The benchmark is kept: it goes on as soon as workers are there (autolr up).")
            raise
    if as_json:
        print_json(document)
    else:
        _print(document)
    if document["state"] != "finished":
        raise typer.Exit(1)


def _order(
    declared: str, fields: dict[str, object], changes: dict[str, object], contenders: list[str]
) -> BenchmarkOrder:
    """Return the order, checked before anything is started for it."""
    path = Path(declared)
    if path.suffix in (".yaml", ".yml"):
        fields |= {"overrides": _file(path) | changes, "name": fields["name"] or path.stem}
    else:
        fields |= {"preset": declared, "overrides": changes}
    try:
        order = BenchmarkOrder.model_validate({**fields, "finalists": [_finalist(each) for each in contenders]})
    except ValidationError as error:
        raise InvalidOrder(field_errors(error)) from None
    resolve_benchmark(order)
    return order


def _file(path: Path) -> dict[str, object]:
    """Return what a YAML file declares: the declaration itself, or a preset's file that holds one."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"The file {path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Failure(f"The file {path} is not YAML: {error}") from None
    inner = found.get("configuration", found) if isinstance(found, dict) else None
    if not isinstance(inner, dict):
        raise Failure(f"The file {path} declares no benchmark: it must have problems and contenders.")
    return inner


def _finalist(word: str) -> dict[str, object]:
    number = word.removeprefix(_INDIVIDUAL)
    if number == word or not number.isdecimal():
        raise Failure(f"--contender {word!r} is not of the form individual:NUMBER, such as individual:345.")
    return {"label": f"individual {number}", "individual": int(number)}


def _follow(place: Place, benchmark_id: int, watch: bool) -> dict[str, Any]:
    """Wait until the benchmark has ended; return its last document."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[now]}"), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not watch) as progress:
        bar = progress.add_task(f"benchmark {benchmark_id}", total=1.0, now="")
        while True:
            document = place.benchmark(benchmark_id)
            now = f"{document['phase']}, {document['trainings_finished']} of {document['trainings']} trainings"
            progress.update(bar, completed=document["progress"], now=now)
            if document["state"] != "running":
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
