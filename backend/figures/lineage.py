"""Fitness along an individual's line of descent, from generation 0 to it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import LineagePoint

# How an individual of the line came to be, by shape; the colour is the line's.
_SYMBOLS = {"create": "circle", "seed": "star", "mutation": "square", "crossover": "diamond"}


def lineage_figure(points: Sequence[LineagePoint]) -> go.Figure:
    """Return the figure of the fitness (0 to 1, maximised) of each individual of the line, oldest first.

    A mark stands wherever one does not do what its parent on the line did; its custom data is the individual's id.
    """
    figure = empty_figure()
    if not points:
        return figure
    numbers = [point.generation for point in points]
    figure.add_scatter(
        x=numbers,
        y=[point.fitness for point in points],
        name="its line",
        mode="lines",
        meta={"role": "best"},
        line={"color": COLOURS["best"], "width": 1.5},
        showlegend=False,
        hovertemplate="%{y:.4f}",
    )
    for operator, symbol in _SYMBOLS.items():
        _add_marks(figure, operator, symbol, [point for point in points if point.changed])
    figure.update_xaxes(**counting_axis("generation", numbers))
    figure.update_yaxes(title_text="fitness", tickformat=".3~f", range=_range(points))
    return figure


def _range(points: Sequence[LineagePoint]) -> list[float] | None:
    """Return what the axis shows where all are equal, for which Plotly would show much too much; None: its own."""
    values = {point.fitness for point in points if point.fitness is not None}
    return [value - 0.05 for value in values] + [value + 0.05 for value in values] if len(values) == 1 else None


def _add_marks(figure: go.Figure, operator: str, symbol: str, points: Sequence[LineagePoint]) -> None:
    own = [point for point in points if point.operator == operator]
    if not own:
        return
    figure.add_scatter(
        x=[point.generation for point in own],
        y=[point.fitness for point in own],
        name=operator,
        mode="markers",
        meta={"role": "best"},
        marker={"color": COLOURS["best"], "symbol": symbol, "size": 7},
        customdata=[[point.individual_id] for point in own],
        hovertemplate="individual %{customdata[0]}",
    )
