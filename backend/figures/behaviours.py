"""What became of each generation's individuals: trained, known already, unable to train, failed and why."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import GenerationPoint

# How a reason is called, and its mark; another reason is called by its own word.
_REASONS = {
    "nan": ("no number", "x"),
    "diverged": ("diverged", "triangle-up"),
    "timeout": ("no progress for too long", "square"),
    "lost": ("its worker was lost", "cross"),
    "error": ("an error", "star"),
}


def behaviours_figure(generations: Sequence[GenerationPoint], imported: int = 0) -> go.Figure:
    """Return the figure of a run's individuals by novelty: stacked bars, one a generation, and further counts as lines.

    Trainings that failed are counted by the reason for which they did. Of `imported` generations, the first ones, it
    is not known what was trained: where there are no others, nothing is said of it.
    """
    trained, saved = (", trained", ", saved") if len(generations) > imported else ("", "")
    figure = empty_figure()
    numbers = [point.number for point in generations]
    _add_bars(figure, "new", f"new{trained}", numbers, [point.new for point in generations], "")
    _add_bars(figure, "seen", f"seen before{saved}", numbers, [point.seen_before for point in generations], "/")
    _add_bars(figure, "cannot_train", "cannot train", numbers, [point.cannot_train for point in generations], "x")
    _add_marks(
        figure, "distinct", "distinct behaviours", numbers, [p.distinct_behaviours for p in generations], "diamond"
    )
    for reason in dict.fromkeys(reason for point in generations for reason in point.failed):
        said, symbol = _REASONS.get(reason, (escaped(reason), "x"))
        _add_marks(
            figure, "failed", f"failed: {said}", numbers, [point.failed.get(reason, 0) for point in generations], symbol
        )
    figure.update_xaxes(**counting_axis("generation", numbers))
    figure.update_yaxes(title_text="individuals", rangemode="tozero", tickformat="d")
    figure.update_layout(barmode="stack", bargap=0.15)
    return figure


def _add_bars(figure: go.Figure, role: str, name: str, x: list[int], y: list[int], pattern: str) -> None:
    figure.add_bar(
        x=x,
        y=y,
        name=name,
        meta={"role": role},
        marker={"color": COLOURS[role], "pattern": {"shape": pattern, "size": 5, "solidity": 0.25}},
        hovertemplate="%{y}",
    )


def _add_marks(figure: go.Figure, role: str, name: str, x: list[int], y: list[int], symbol: str) -> None:
    figure.add_scatter(
        x=x,
        y=y,
        name=name,
        mode="lines+markers",
        meta={"role": role},
        line={"color": COLOURS[role], "width": 1, "dash": "dot"},
        marker={"symbol": symbol, "size": 6},
        hovertemplate="%{y}",
    )
