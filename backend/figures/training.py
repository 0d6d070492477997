"""How a training went: loss and accuracy by epoch, on the training and the validation part."""

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
    """Return the figure of an individual's trainings: losses above, accuracies (0 to 1) below, a dash a fold."""
    figure = empty_figure()
    for place, curve in enumerate(curves):
        for role, quantity, axis in _LINES:
            _add_line(figure, curve, place, role, quantity, axis, len(curves) > 1)
    epochs = [point.epoch + 1 for curve in curves for point in curve.points]
    figure.update_xaxes(anchor="y2", **counting_axis("epoch", epochs))
    figure.update_layout(
        yaxis={"title": {"text": "loss"}, "domain": [0.55, 1], "tickformat": ".3~g"},
        yaxis2={"title": {"text": "accuracy"}, "domain": [0, 0.45], "tickformat": ".3~f"},
    )
    return figure


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
