"""A benchmark as a file for others, as far as it has come: the same for page, API and terminal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.benchmark_columns import trials_csv
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_content import benchmark_content
from backend.export.benchmark_html import html
from backend.export.benchmark_latex import latex
from backend.store import trials
from backend.store.tables import Benchmark


@dataclass(frozen=True)
class BenchmarkFile:
    """A text in UTF-8, and what to call its file."""

    text: str
    file_name: str


def report_html(session: Session, benchmark: Benchmark) -> BenchmarkFile:
    """Return the report with interactive figures, in one file that opens offline."""
    return _named(benchmark, "html", html(benchmark_content(session, benchmark, with_charts=True)))


def report_latex(session: Session, benchmark: Benchmark) -> BenchmarkFile:
    """Return the tables for a paper."""
    return _named(benchmark, "tex", latex(benchmark_content(session, benchmark, with_charts=False)))


def report_csv(session: Session, benchmark: Benchmark) -> BenchmarkFile:
    """Return every finished trial, a row each."""
    rows = trials.of_benchmark(session, benchmark.id, with_results=True)
    return _named(benchmark, "csv", trials_csv(benchmark, ResolvedBenchmark.of_json(benchmark.configuration), rows))


FILES: Mapping[str, Callable[[Session, Benchmark], BenchmarkFile]] = {
    "html": report_html,
    "latex": report_latex,
    "csv": report_csv,
}


def _named(benchmark: Benchmark, ending: str, text: str) -> BenchmarkFile:
    return BenchmarkFile(text, f"benchmark-{benchmark.id}.{ending}")
