"""A schedule program's shape: its rate over the epochs at several losses, and what its trainings really set."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.palette import COLOURS
from backend.figures.rates import add_steps, rate_axis, shade_untrained
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import RateLine, TrainingCurve

# (role, dash, width) of the rates at each loss, from the highest loss down.
_LOOKS = (("best", "solid", 2.5), ("best", "dash", 2), ("best", "dot", 2))


def program_rates_figure(
    lines: Sequence[RateLine], epochs: int, baseline: RateLine, trainings: Sequence[TrainingCurve] = ()
) -> go.Figure:
    """Return the figure of the rates at each loss; of the first training also the mean rate that it set, in its range.

    Epochs are counted from 1, the first `epochs` are trained. The axis is logarithmic where the rates span much; then a
    rate of 0, which clamping gives often, is a gap, and the line's name says so.
    """
    figure = empty_figure()
    axis = rate_axis([_without_zeros(line) for line in (*lines, baseline)])
    if axis["type"] == "log":
        lines = [_with_gaps(line) for line in lines]
    for training in trainings[:1]:
        _add_trained(figure, training, axis["type"] == "log")
    add_steps(figure, baseline, COLOURS["baseline"], "dash", 1.5, "baseline")
    for line, (role, dash, width) in zip(lines, _LOOKS, strict=False):
        add_steps(figure, line, COLOURS[role], dash, width, role)
    last = max(len(line.rates) for line in lines)
    if last > epochs:
        shade_untrained(figure, epochs, last)
    figure.update_xaxes(**counting_axis("epoch", range(1, last + 1)))
    figure.update_yaxes(**axis)
    return figure


def _without_zeros(line: RateLine) -> RateLine:
    return RateLine(line.name, tuple(rate for rate in line.rates if rate))


def _with_gaps(line: RateLine) -> RateLine:
    if all(line.rates):
        return line
    return RateLine(f"{line.name} (gaps: rate 0)", tuple(rate or None for rate in line.rates))


def _add_trained(figure: go.Figure, training: TrainingCurve, logarithmic: bool) -> None:
    points = [point for point in training.points if point.rate is not None and (point.rate or not logarithmic)]
    epochs = [point.epoch + 1 for point in points]
    edges = {"x": epochs, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "trained"}
    if any(point.rate_low is not None for point in points):
        figure.add_scatter(y=[point.rate_low for point in points], showlegend=False, **edges)
        figure.add_scatter(
            y=[point.rate_high for point in points],
            showlegend=False,
            fill="tonexty",
            fillcolor=COLOURS["band"],
            meta={"role": "band"},
            **edges,
        )
    figure.add_scatter(
        x=epochs,
        y=[point.rate for point in points],
        name="mean rate in its training",
        legendgroup="trained",
        mode="lines+markers",
        meta={"role": "median"},
        line={"color": COLOURS["median"], "width": 1.5},
        marker={"size": 6, "symbol": "square"},
        hovertemplate="%{y:.4~g}",
    )
