"""`autolr benchmark`: a declared comparison from start to verdict, without a browser."""

from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError

from backend.cli import options
from backend.cli.assignments import overrides
from backend.cli.benchmark_plan import print_plan
from backend.cli.benchmark_verdict import check_finished, follow_benchmark, print_benchmark
from backend.cli.failure import Failure
from backend.cli.following import place_of_runs
from backend.cli.opening import open_settings
from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_presets import resolve_benchmark
from backend.experiments.errors import InvalidOrder
from backend.experiments.faults import field_errors

# The word in front of an individual's number in --contender.
_INDIVIDUAL = "individual:"


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
    plan: Annotated[bool, typer.Option("--plan", help="Say what it would cost and could show; start nothing.")] = False,
    workers: options.Workers = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Run a benchmark to its verdict: on the server that holds the data folder, else on this machine."""
    order = _order(declared, {"seed": seed, "name": name}, overrides(changes or []), contender or [])
    settings = open_settings(data_dir=data_dir, workers=workers)
    if plan:
        print_plan(settings, order, as_json)
        return
    with place_of_runs(settings) as place:
        benchmark_id = place.submit_benchmark(order)
        document = follow_benchmark(place, benchmark_id, watch)
    print_benchmark(document, as_json)
    check_finished([document])


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
