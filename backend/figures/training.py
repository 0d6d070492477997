"""How a training went: loss and accuracy by epoch, in training and in validation; its rate where it varied."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import TrainingCurve, TrainingPoint

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_SYMBOLS = ("circle", "square", "diamond", "cross", "triangle-up")
# (role, quantity, axis): which line is drawn where.
_LINES = (
    ("training", "loss", "y"),
    ("validation", "val_loss", "y"),
    ("training", "accuracy", "y2"),
    ("validation", "val_accuracy", "y2"),
)


def training_figure(curves: Sequence[TrainingCurve]) -> go.Figure:
    """Return the figure of an individual's trainings: losses above, accuracies (0 to 1) below, a dash a fold.

    Where the rate changed within epochs there is a third panel: its mean of each epoch, in the band of its batches.
    """
    figure = empty_figure()
    varied = any(point.rate_low is not None for curve in curves for point in curve.points)
    for place, curve in enumerate(curves):
        for role, quantity, axis in _LINES:
            if any(_quantity(point, quantity) is not None for point in curve.points):
                _add_line(figure, curve, place, role, quantity, axis, len(curves) > 1)
        if varied:
            _add_rate(figure, curve, place)
    epochs = [point.epoch + 1 for curve in curves for point in curve.points]
    figure.update_xaxes(anchor="y3" if varied else "y2", **counting_axis("epoch", epochs))
    loss, accuracy = ([0.72, 1], [0.36, 0.64]) if varied else ([0.55, 1], [0, 0.45])
    figure.update_layout(
        yaxis={"title": {"text": "loss"}, "domain": loss, "tickformat": ".3~g"},
        yaxis2={"title": {"text": "accuracy"}, "domain": accuracy, "tickformat": ".3~f"},
        **({"yaxis3": _rate_axis(curves)} if varied else {}),
    )
    return figure


def _rate_axis(curves: Sequence[TrainingCurve]) -> dict[str, object]:
    """Return the axis of the third panel; rates of batches that differ by magnitudes are seen on a logarithmic one."""
    known = [value for curve in curves for point in curve.points for value in (point.rate_low, point.rate)]
    scale = "log" if all(value is None or value > 0 for value in known) else "linear"
    return {"title": {"text": "rate"}, "domain": [0, 0.28], "tickformat": ".3~g", "type": scale}


def _add_rate(figure: go.Figure, curve: TrainingCurve, place: int) -> None:
    points = [point for point in curve.points if point.rate is not None]
    shared = {"x": [point.epoch + 1 for point in points], "yaxis": "y3", "legendgroup": "rate"}
    edges = {**shared, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(y=[point.rate_low for point in points], **edges)
    band = {"fill": "tonexty", "fillcolor": COLOURS["band"], "meta": {"role": "band"}}
    figure.add_scatter(y=[point.rate_high for point in points], **edges, **band)
    figure.add_scatter(
        y=[point.rate for point in points],
        name="rate: mean, and range of its batches",
        showlegend=place == 0,
        mode="lines",
        meta={"role": "median"},
        line={"color": COLOURS["median"], "dash": _DASHES[place % len(_DASHES)], "width": 1.5},
        hovertemplate="%{y:.4~g}",
        **shared,
    )


def _add_line(
    figure: go.Figure, curve: TrainingCurve, place: int, role: str, quantity: str, axis: str, several: bool
) -> None:
    name = f"{role}, {escaped(curve.name, 40)}" if several else role
    figure.add_scatter(
        x=[point.epoch + 1 for point in curve.points],
        y=[_quantity(point, quantity) for point in curve.points],
        name=name,
        legendgroup=name,
        showlegend=axis == "y",
        yaxis=axis,
        mode="lines+markers" if len(curve.points) <= 40 else "lines",
        meta={"role": role},
        line={"color": COLOURS[role], "dash": _DASHES[place % len(_DASHES)], "width": 1.5},
        marker={"symbol": _SYMBOLS[place % len(_SYMBOLS)], "size": 5 if role == "training" else 6},
        hovertemplate="%{y:.4~g}",
    )


def _quantity(point: TrainingPoint, name: str) -> float | None:
    value: float | None = getattr(point, name)
    return value
