"""`autolr run`: a preset from start to end, without a browser."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from backend.cli import options
from backend.cli.assignments import overrides
from backend.cli.benchmark_verdict import check_finished, follow_benchmark, print_benchmark
from backend.cli.failure import Failure
from backend.cli.following import follow, place_of_runs, print_ended
from backend.cli.opening import open_settings
from backend.experiments.benchmark_after_search import declared_after
from backend.experiments.configuration import Order
from backend.experiments.errors import InvalidOrder
from backend.experiments.faults import field_errors
from backend.experiments.presets import resolve
from backend.experiments.transfer import is_reference
from backend.export.reading import phenotype_in


def run(
    preset: Annotated[str, typer.Argument(help="The preset to run, such as quickstart.")],
    seed: Annotated[int | None, typer.Option(help="Seed of the first run; the next ones count up.")] = None,
    runs: Annotated[int, typer.Option(help="Number of runs.")] = 1,
    changes: Annotated[list[str] | None, typer.Option("--set", help="A change, key=value; may be repeated.")] = None,
    seeds_from: Annotated[
        list[str] | None,
        typer.Option(
            "--seed-from", help="Begin with run:12, run:12#5, individual:345 or an exported FILE; repeatable."
        ),
    ] = None,
    benchmark: Annotated[
        str | None,
        typer.Option(help="Then hold its best against this benchmark preset's rivals; PRESET#5: the best five."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call the experiment.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show how it goes.")] = False,
    workers: options.Workers = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Run a preset to its end: on the server that holds the data folder, else on this machine for as long as it takes.

    A benchmark that follows is waited for as well. With --json, one line of JSON is printed for it and for each run.
    """
    changed = overrides(changes or [])
    if seeds_from:
        changed["seeds"] = [_seed(text) for text in seeds_from]
    if benchmark is not None:
        changed["benchmark"] = _following(benchmark, changed.get("benchmark"))
    order = _order({"preset": preset, "overrides": changed, "name": name, "seed": seed, "runs": runs})
    settings = open_settings(data_dir=data_dir, workers=workers)
    with place_of_runs(settings) as place:
        documents = follow(place, place.submit(order), watch)
        verdicts = [follow_benchmark(place, each, watch) for each in _benchmarks(documents)]
    for verdict in verdicts:
        print_benchmark(verdict, as_json)
    print_ended(documents, as_json)
    check_finished(verdicts)


def _order(fields: dict[str, object]) -> Order:
    """Return the order, checked in full before anything is started for it."""
    try:
        order = Order.model_validate(fields)
    except ValidationError as error:
        raise InvalidOrder(field_errors(error)) from None
    declared_after(resolve(order))
    return order


def _following(text: str, others: object) -> dict[str, object]:
    """Return what --benchmark says, over what --set says of the benchmark."""
    preset, hash_sign, best = text.partition("#")
    if hash_sign and not best.isdecimal():
        raise Failure(f"--benchmark {text!r} is not of the form PRESET or PRESET#3, which takes the best three.")
    said: dict[str, object] = {"preset": preset, **({"best": int(best)} if hash_sign else {})}
    return {**(others if isinstance(others, dict) else {}), **said}


def _benchmarks(documents: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the benchmarks that follow the runs: those of one experiment have the same."""
    return sorted({each["id"] for document in documents for each in document["benchmarks"]})


def _seed(text: str) -> str:
    """Return the reference as it is, or the formula in an exported file."""
    if is_reference(text):
        return text
    try:
        found = phenotype_in(Path(text).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise Failure(
            f"--seed-from {text} is neither run:12, run:12#5 or individual:345, nor a file: {reason}."
        ) from None
    if found is None:
        raise Failure(f"--seed-from {text} is no file that AutoLR exported: it names no phenotype.")
    return found
