"""`autolr benchmark-report`: what came out of a benchmark, as a file for others."""

from pathlib import Path
from typing import Annotated

import typer

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import note, write
from backend.experiments.benchmark_files import FILES
from backend.store import benchmarks
from backend.store.benchmarks import BenchmarkState


def benchmark_report(
    number: Annotated[int, typer.Argument(metavar="ID", help="The benchmark's number, as pages and API name it.")],
    format_name: Annotated[str, typer.Option("--format", help=f"As what: {', '.join(FILES)}.")] = "html",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else it is printed.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Write a benchmark's report: one HTML file that opens offline, LaTeX tables, or every trial as CSV."""
    if format_name not in FILES:
        raise Failure(f"--format is {format_name!r}; one of {', '.join(FILES)} is allowed.")
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        benchmark = benchmarks.get(session, number)
        if benchmark is None:
            raise Failure(f"There is no benchmark {number}.")
        state = benchmark.state
        text = FILES[format_name](session, benchmark).text
    if state != BenchmarkState.FINISHED:
        note(f"Benchmark {number} is {state}: the report says what there is so far.")
    write(text, output)
