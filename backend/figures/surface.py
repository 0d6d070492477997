"""The rate of a schedule program against epoch and loss, and where its trainings really went."""

import math
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import BLACK, FITNESS_SCALE, WHITE
from backend.figures.rates import LOG_FROM
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import RateSurface, TrainingCurve, TrainingPoint

# Up to so many marks each way over what is clamped: enough to see a region, too few to cover it.
_MOST_MARKS = 16
# What is clamped: (rate, name, symbol). A rate of 0 has no place on a logarithmic scale: it leaves the ground bare.
_CLAMPED = ((0.0, "rate 0: nothing is learned", "x"), (1.0, "rate 1: the largest there is", "triangle-up"))


def surface_figure(surface: RateSurface, trainings: Sequence[TrainingCurve] = ()) -> go.Figure:
    """Return the figure: epochs (from 1) to the right, loss upwards, the rate as colour, each training a path on it.

    The colours are logarithmic where the rates span much. What is clamped to 0 or to 1 is marked.
    """
    figure = empty_figure()
    epochs = [epoch + 1 for epoch in surface.epochs]
    _add_rates(figure, surface, epochs)
    for rate, name, symbol in _CLAMPED:
        _add_marks(figure, surface, rate, name, symbol)
    name = _name_of_paths(trainings, surface.losses[-1])
    for place, training in enumerate(trainings):
        _add_path(figure, training, name if place == 0 else None)
    figure.update_xaxes(**counting_axis("epoch", epochs))
    # A loss that ran away would leave the rest a line at the bottom: its path leaves the picture.
    figure.update_yaxes(title_text="loss", tickformat=".3~g", showgrid=False, range=[0, surface.losses[-1]])
    figure.update_layout(hovermode="closest")
    return figure


def _add_rates(figure: go.Figure, surface: RateSurface, epochs: list[int]) -> None:
    positive = [rate for row in surface.rates for rate in row if rate > 0]
    logarithmic = bool(positive) and max(positive) / min(positive) >= LOG_FROM
    shown = {"x": epochs, "y": list(surface.losses), "z": _heights(surface, logarithmic)}
    figure.add_heatmap(
        **shown,
        customdata=[list(row) for row in surface.rates],
        colorscale=FITNESS_SCALE,
        name="rate",
        meta={"role": "surface"},
        showscale=bool(positive),
        hovertemplate="epoch %{x}, loss %{y:.3~g}<br>rate %{customdata:.4~g}<extra></extra>",
        colorbar={"title": {"text": "rate"}, "thickness": 8, "outlinewidth": 0, **_ticks(positive, logarithmic)},
    )
    if len(epochs) > 1 and len(set(positive)) > 1:
        look = {"contours": {"coloring": "none"}, "line": {"color": WHITE, "width": 0.5}}
        figure.add_contour(**shown, **look, showscale=False, showlegend=False, hoverinfo="skip", ncontours=8)


def _heights(surface: RateSurface, logarithmic: bool) -> list[list[float | None]]:
    return [[_height(rate, logarithmic) for rate in row] for row in surface.rates]


def _height(rate: float, logarithmic: bool) -> float | None:
    if rate == 0:
        return None
    return math.log10(rate) if logarithmic else rate


def _ticks(positive: Sequence[float], logarithmic: bool) -> dict[str, object]:
    """Return the ticks of the colour bar: whole powers of ten, and few of them."""
    if not logarithmic:
        return {"tickformat": ".3~g"}
    low, high = math.ceil(math.log10(min(positive))), math.floor(math.log10(max(positive)))
    powers = range(low, high + 1, max(1, (high - low) // 5))
    return {"tickvals": list(powers), "ticktext": [f"{10.0**power:.4g}" for power in powers]}


def _add_marks(figure: go.Figure, surface: RateSurface, rate: float, name: str, symbol: str) -> None:
    places = list(_places(surface, rate))
    if not places:
        return
    # Bare ground has the colour of the page, and so has what is drawn on it; the lightest colour carries black.
    bare = rate == 0
    figure.add_scatter(
        x=[epoch for epoch, _ in places],
        y=[loss for _, loss in places],
        name=name,
        mode="markers",
        meta={"role": "baseline"} if bare else None,
        marker={"color": BLACK, "symbol": symbol, "size": 4},
        hoverinfo="skip",
    )


def _places(surface: RateSurface, rate: float) -> Iterator[tuple[int, float]]:
    """Yield the (epoch, loss) of some of the places that have exactly this rate."""
    down = math.ceil(len(surface.losses) / _MOST_MARKS)
    across = math.ceil(len(surface.rates[0]) / _MOST_MARKS)
    for row in range(down // 2, len(surface.losses), down):
        for column in range(across // 2, len(surface.rates[row]), across):
            if surface.rates[row][column] == rate:
                yield surface.epochs[column] + 1, surface.losses[row]


def _name_of_paths(trainings: Sequence[TrainingCurve], top: float) -> str:
    highest = max((point.loss or 0.0 for training in trainings for point in training.points), default=0.0)
    return "where its trainings went" + (f", up to a loss of {highest:.4g}" if highest > top else "")


def _add_path(figure: go.Figure, training: TrainingCurve, name: str | None) -> None:
    """Draw one training; the name of all of them stands in the legend once."""
    points = [point for point in training.points if point.loss is not None]
    path = {"x": [point.epoch + 1 for point in points], "y": [point.loss for point in points], "legendgroup": "path"}
    # Black on white stands out from every colour of the scale, in both themes.
    figure.add_scatter(**path, mode="lines", line={"color": WHITE, "width": 5}, showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        **path,
        name=name,
        showlegend=name is not None,
        mode="lines+markers" if len(points) <= 2 * _MOST_MARKS else "lines",
        line={"color": BLACK, "width": 1.5},
        marker={"color": BLACK, "size": 6, "line": {"color": WHITE, "width": 1.5}},
        text=[f"{escaped(training.name, 40)}: {_said(point)}" for point in points],
        hovertemplate="epoch %{x}, mean loss %{y:.4~g}<br>%{text}<extra></extra>",
    )


def _said(point: TrainingPoint) -> str:
    if point.rate is None:
        return "rate not known"
    if point.rate_low is None or point.rate_high is None:
        return f"rate {point.rate:.4g}"
    return f"mean rate {point.rate:.4g}, from {point.rate_low:.4g} to {point.rate_high:.4g}"
