"""How tunings went: every constants' score as a point by their number, the best so far as a line of steps."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.contenders import LINES
from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import ContenderTuning, TuningPoint

MOST_TUNINGS = len(LINES)

# Each is an SVG element: with more points of a contender than these, only some are drawn.
_MOST_POINTS = 400

_SYMBOLS = ("circle", "diamond-open", "square-open", "triangle-up-open", "circle-open", "cross-open")
# What was raced is told from what was tried by its shape, whoever's it is.
_RACED = {"size": 11, "symbol": "star"}


def tuning_history_figure(contenders: Sequence[ContenderTuning], axis: str) -> go.Figure:
    """Return the figure of at most `MOST_TUNINGS` contenders' tunings, the first ones; `axis` says what is scored.

    Constants that failed have no score: they are crosses in a strip of their own. Those of a race are stars. Of very
    many points those that were the best so far are drawn, and every so many-th of the others.
    """
    figure = empty_figure()
    shown = [each for each in contenders if each.points][:MOST_TUNINGS]
    failures = any(point.score is None for each in shown for point in each.points)
    for each, (role, dash), symbol in zip(shown, LINES, _SYMBOLS, strict=False):
        _add_steps(figure, each, role, dash)
        _add_points(figure, each, role, symbol)
        if failures:
            _add_failures(figure, each)
    numbers = [point.number for each in shown for point in each.points]
    figure.update_xaxes(
        anchor="y2" if failures else "y", **counting_axis("constants tried (0: the usual ones)", numbers)
    )
    figure.update_layout(
        hovermode="closest",
        yaxis={"title": {"text": axis}, "tickformat": ".3~f", "domain": (0.14 if failures else 0.0, 1.0)},
    )
    if failures:
        strip = {"title": {"text": "failed"}, "domain": (0.0, 0.08), "range": (-1, 1), "showgrid": False}
        figure.update_layout(yaxis2={**strip, "showticklabels": False, "fixedrange": True})
    return figure


def _add_steps(figure: go.Figure, contender: ContenderTuning, role: str, dash: str) -> None:
    best = improvements(contender.points)
    if best:
        last = contender.points[-1].number
        figure.add_scatter(
            x=[*(point.number for point in best), last],
            y=[*(point.score for point in best), best[-1].score],
            name=escaped(contender.label, 40),
            legendgroup=contender.label,
            mode="lines",
            meta={"role": role},
            line={"color": COLOURS[role], "dash": dash, "width": 2, "shape": "hv"},
            hoverinfo="skip",
        )


def _add_points(figure: go.Figure, contender: ContenderTuning, role: str, symbol: str) -> None:
    scored = [point for point in contender.points if point.score is not None]
    tried, raced = ([point for point in scored if point.raced is wanted] for wanted in (False, True))
    for points, mark in ((_drawn(tried), {"size": 6, "symbol": symbol, "opacity": 0.75}), (raced, _RACED)):
        figure.add_scatter(
            x=[point.number for point in points],
            y=[point.score for point in points],
            marker={"color": COLOURS[role], **mark},
            meta={"role": role},
            **_look(contender, points),
        )


def _add_failures(figure: go.Figure, contender: ContenderTuning) -> None:
    points = [point for point in contender.points if point.score is None]
    figure.add_scatter(
        x=[point.number for point in points],
        y=[0] * len(points),
        yaxis="y2",
        marker={"color": COLOURS["failed"], "size": 6, "symbol": "x"},
        meta={"role": "failed"},
        **_look(contender, points),
    )


def _look(contender: ContenderTuning, points: Sequence[TuningPoint]) -> dict[str, object]:
    return {
        "name": escaped(contender.label, 40),
        "legendgroup": contender.label,
        "showlegend": False,
        "mode": "markers",
        "text": [escaped(point.words, 400).replace("\n", "<br>") for point in points],
        "hovertemplate": "%{text}",
    }


def improvements(points: Sequence[TuningPoint]) -> list[TuningPoint]:
    """Return the points that were better than all before them; a race is another matter."""
    found: list[TuningPoint] = []
    for point in points:
        if point.score is not None and not point.raced and (not found or point.score > (found[-1].score or 0.0)):
            found.append(point)
    return found


def _drawn(points: Sequence[TuningPoint]) -> list[TuningPoint]:
    every = -(-len(points) // _MOST_POINTS)
    best = {point.number for point in improvements(points)}
    return [point for place, point in enumerate(points) if place % max(every, 1) == 0 or point.number in best]
