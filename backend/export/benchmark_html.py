"""A benchmark as one HTML file that opens anywhere, without a network: tables, verdicts and interactive figures.

Plotly's script is in it once, from the installed package; style and painting are those of the pages.
"""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from backend.export import benchmark_numbers
from backend.export.benchmark_content import BenchmarkContent
from backend.settings.resources import STATIC, TEMPLATES

# What the file may do when it is open: run what is in it, and offer a figure as a picture. Nothing from anywhere.
FENCE = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

_STYLES = ("properties", "page", "parts", "run", "benchmark", "report")

_environment = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def html(content: BenchmarkContent) -> str:
    """Return the file. Whatever texts are in the content, nothing of them is obeyed."""
    with_charts = bool(content.charts) or any(each.charts for each in content.problems)
    return _environment.get_template("benchmark_report.html").render(
        content=content,
        fence=FENCE,
        numbers=benchmark_numbers,
        style=_style(),
        plotly=get_plotlyjs() if with_charts else "",
        painting=(STATIC / "shared" / "painting.js").read_text(encoding="utf-8"),
        in_script=in_script,
    )


def in_script(json_text: str) -> Markup:
    """Return JSON that can stand in an element `script`: no text in it can end the element or begin a comment."""
    return Markup(json_text.replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def _style() -> str:
    return "\n".join((STATIC / "style" / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)
