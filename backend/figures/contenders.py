"""Contenders of a benchmark side by side: their trials as boxes and points, their learning curves with bands."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS, banded
from backend.figures.template import counting_axis, empty_figure, height_for
from backend.figures.values import BandLine, ContenderCurves, ContenderTrials

# A role and a dash each; with more lines than these nobody finds one.
LINES = (
    ("best", "solid"),
    ("validation", "dash"),
    ("median", "dot"),
    ("baseline_2", "dashdot"),
    ("baseline_3", "longdash"),
    ("baseline", "longdashdot"),
)
MOST_CURVES = len(LINES)

# Panels of the learning curves from above: which quantity, what its axis is called, where it lies.
_PANELS = (("accuracy", "y", (0.70, 1.0)), ("loss", "y2", (0.37, 0.63)), ("rate", "y3", (0.0, 0.28)))
# Update rules have no rate: where nobody has one, its panel would be empty.
_WITHOUT_RATE = (("accuracy", "y", (0.56, 1.0)), ("loss", "y2", (0.0, 0.44)))

# Below so many pixels the three are strips.
_THREE_PANELS = 600

# Rates that span more than this are seen on a logarithmic axis.
_LOG_FROM = 20.0


def trials_figure(contenders: Sequence[ContenderTrials], axis: str) -> go.Figure:
    """Return the figure of all trials: a box a contender (quartiles, median, mean dashed) with every trial as a point.

    The finalists are told from their rivals by colour and by the points' shape. `axis` says what the scores are.
    """
    figure = empty_figure()
    for each in contenders:
        role = "best" if each.finalist else "baseline"
        figure.add_box(
            x=list(each.scores),
            y=[escaped(each.label, 28)] * len(each.scores),
            name=escaped(each.label, 40),
            orientation="h",
            boxpoints="all",
            jitter=0.5,
            pointpos=0,
            boxmean=True,
            showlegend=False,
            meta={"role": role},
            line={"color": COLOURS[role], "width": 1.5},
            marker={"color": COLOURS[role], "size": 6, "symbol": "circle" if each.finalist else "diamond-open"},
            hovertemplate="%{x:.4f}",
        )
    figure.update_layout(
        meta=height_for(len(contenders)),
        hovermode="closest",
        xaxis={"title": {"text": axis}, "tickformat": ".3~f", "showgrid": True},
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False},
    )
    return figure


def curves_figure(contenders: Sequence[ContenderCurves], accuracy: str) -> go.Figure:
    """Return the figure of mean accuracy, loss and rate over the epochs, each in a band of a standard deviation.

    At most `MOST_CURVES` contenders are drawn, the first ones; `accuracy` says on which part it is measured.
    """
    figure = empty_figure()
    shown = contenders[:MOST_CURVES]
    panels = _PANELS if any(rate is not None for each in shown for rate in each.rate.mean) else _WITHOUT_RATE
    for each, (role, dash) in zip(shown, LINES, strict=False):
        for quantity, axis, _ in panels:
            _add_band(figure, each, quantity, axis, role)
            _add_mean(figure, each, quantity, axis, role, dash)
    epochs = range(1, max((len(each.accuracy.mean) for each in shown), default=0) + 1)
    figure.update_xaxes(anchor=panels[-1][1], **counting_axis("epoch", epochs))
    titles = {"accuracy": f"{accuracy} accuracy", "loss": "training loss", "rate": "rate"}
    for quantity, axis, domain in panels:
        layout = {"title": {"text": titles[quantity]}, "domain": domain, "tickformat": ".3~g", "automargin": True}
        figure.update_layout({axis.replace("y", "yaxis"): layout})
    if panels is _PANELS:
        figure.update_layout(yaxis3=_rate_scale(shown))
    figure.update_layout(meta={"least_height": _THREE_PANELS})
    return figure


def _rate_scale(contenders: Sequence[ContenderCurves]) -> dict[str, object]:
    """Return a logarithmic scale where the rates span much; a rate of 0 has no place there and is left out."""
    rates = [rate for each in contenders for rate in each.rate.mean if rate]
    return {"type": "log", "dtick": 1} if rates and max(rates) / min(rates) > _LOG_FROM else {"rangemode": "tozero"}


def _line(contender: ContenderCurves, quantity: str) -> BandLine:
    found: BandLine = getattr(contender, quantity)
    return found


def _add_band(figure: go.Figure, contender: ContenderCurves, quantity: str, axis: str, role: str) -> None:
    line = _line(contender, quantity)
    known = [place for place, low in enumerate(line.low) if low is not None]
    edges = {
        "x": [place + 1 for place in known],
        "yaxis": axis,
        "mode": "lines",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
        "legendgroup": contender.label,
    }
    figure.add_scatter(y=[line.low[place] for place in known], **edges)
    figure.add_scatter(
        y=[line.high[place] for place in known],
        fill="tonexty",
        fillcolor=banded(role),
        meta={"role": f"{role}_band"},
        **edges,
    )


def _add_mean(figure: go.Figure, contender: ContenderCurves, quantity: str, axis: str, role: str, dash: str) -> None:
    line = _line(contender, quantity)
    figure.add_scatter(
        x=[place + 1 for place in range(len(line.mean))],
        y=list(line.mean),
        name=escaped(contender.label, 40),
        legendgroup=contender.label,
        showlegend=axis == "y",
        yaxis=axis,
        mode="lines",
        meta={"role": role},
        line={"color": COLOURS[role], "dash": dash, "width": 2},
        hovertemplate="%{y:.4~g}",
    )
