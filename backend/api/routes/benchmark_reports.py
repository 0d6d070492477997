"""Reports on benchmarks: one HTML file with interactive figures, tables for a paper. Also of what is not finished."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from backend.api.existing import existing_benchmark
from backend.api.failures import failures
from backend.api.parameters import BenchmarkId
from backend.api.services import UsesDatabase
from backend.experiments.benchmark_files import BenchmarkFile, report_html, report_latex
from backend.export.benchmark_html import FENCE

router = APIRouter(prefix="/benchmarks", tags=["benchmarks"])

# The report runs scripts of its own. It may hold what others wrote, so it is no page of this server to the browser.
_SANDBOX = f"{FENCE}; sandbox allow-scripts allow-downloads; frame-ancestors 'none'"


def _file(media_type: str, description: str, example: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": description, "content": content}, **failures(404)}


_HTML = _file("text/html", "One file that opens without a network.", '<!doctype html>\n<html lang="en">…</html>')
_LATEX = _file(
    "application/x-tex",
    "Tables in the style of booktabs.",
    "\\begin{tabular}{lrrr}\n\\toprule\nContender & $n$ & Mean $\\pm$ sd & Median \\\\\n\\bottomrule\n\\end{tabular}\n",
)


@router.get("/{benchmark_id}/report.html", response_class=Response, responses=_HTML)
def get_benchmark_report(benchmark_id: BenchmarkId, database: UsesDatabase) -> Response:
    """Get the report as one HTML file: verdicts, tables, interactive figures, and how to run it again."""
    with database.read() as session:
        file = report_html(session, existing_benchmark(session, benchmark_id))
    return _sent(file, "text/html; charset=utf-8", {"Content-Security-Policy": _SANDBOX})


@router.get("/{benchmark_id}/report.tex", response_class=Response, responses=_LATEX)
def get_benchmark_tables(benchmark_id: BenchmarkId, database: UsesDatabase) -> Response:
    """Get the results as LaTeX tables, one a problem, for booktabs."""
    with database.read() as session:
        file = report_latex(session, existing_benchmark(session, benchmark_id))
    return _sent(file, "application/x-tex; charset=utf-8", {})


def _sent(file: BenchmarkFile, media_type: str, headers: dict[str, str]) -> Response:
    named = {"Content-Disposition": f'inline; filename="{file.file_name}"', "Cache-Control": "no-cache"}
    return Response(file.text, media_type=media_type, headers={**named, **headers})
