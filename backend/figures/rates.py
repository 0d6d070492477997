"""A schedule's shape: its learning rate over the epochs, beside others', and past the last trained epoch."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS, GREEN, ORANGE, PURPLE
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import RateLine

# From this ratio of the largest to the smallest rate on, a linear axis hides the small ones.
LOG_FROM = 20.0
_OTHERS = ((GREEN, "dot"), (ORANGE, "dashdot"), (PURPLE, "longdash"))


def rates_figure(
    schedule: RateLine, epochs: int, baseline: RateLine | None = None, others: Sequence[RateLine] = ()
) -> go.Figure:
    """Return the figure of a schedule's rates: the first `epochs` are trained, the rest is what would follow.

    Epochs are counted from 1. The axis is logarithmic where the rates span much and none of them is 0.
    """
    figure = empty_figure()
    for line, (colour, dash) in zip(others, _OTHERS, strict=False):
        add_steps(figure, line, colour, dash, 1.5, None)
    if baseline:
        add_steps(figure, baseline, COLOURS["baseline"], "dash", 1.5, "baseline")
    add_steps(figure, schedule, COLOURS["best"], "solid", 2.5, "best")
    if len(schedule.rates) > epochs:
        shade_untrained(figure, epochs, len(schedule.rates))
    figure.update_xaxes(**counting_axis("epoch", range(1, len(schedule.rates) + 1)))
    figure.update_yaxes(**rate_axis([schedule, *others, *([baseline] if baseline else [])]))
    return figure


def add_steps(figure: go.Figure, line: RateLine, colour: str, dash: str, width: float, role: str | None) -> None:
    """Draw a line of rates, each level for its epoch."""
    figure.add_scatter(
        x=[epoch + 1 for epoch in range(len(line.rates))],
        y=list(line.rates),
        name=escaped(line.name, 40),
        mode="lines",
        meta={"role": role} if role else None,
        # A rate holds for its whole epoch and jumps to the next.
        line={"color": colour, "dash": dash, "width": width, "shape": "hvh"},
        hovertemplate="%{y:.4~g}",
    )


def shade_untrained(figure: go.Figure, epochs: int, last: int) -> None:
    """Shade the epochs after the trained ones."""
    figure.add_vrect(
        x0=epochs + 0.5,
        x1=last + 0.5,
        line_width=0,
        fillcolor="rgba(128,128,128,0.12)",
        annotation_text="not trained",
        annotation_position="bottom left",
    )


def rate_axis(lines: Sequence[RateLine]) -> dict[str, object]:
    """Return the axis of the rates: logarithmic where they span much and none of them is 0."""
    rates = [rate for line in lines for rate in line.rates if rate is not None]
    smallest, largest = min(rates, default=0.0), max(rates, default=0.0)
    spans_much = smallest > 0 and largest / smallest >= LOG_FROM
    scale = {"type": "log", "dtick": 1} if spans_much else {"type": "linear", "rangemode": "tozero"}
    return {"title_text": "learning rate", "tickformat": ".3~g", "exponentformat": "none", **scale}
