"""Fitness by generation: the best, the median and the middle half, the share without fitness, the baselines."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import Baseline, GenerationPoint

# A colour and a dash each, so that several baselines are told apart; more than these begin again.
_BASELINES = (("baseline", "dash"), ("baseline_2", "dot"), ("baseline_3", "dashdot"), ("baseline_4", "longdash"))

# With more generations than this a marker at each is a blur.
_MOST_MARKERS = 60


def fitness_figure(generations: Sequence[GenerationPoint], baselines: Sequence[Baseline] = ()) -> go.Figure:
    """Return the figure of a run's fitness (0 to 1, maximised) over its evaluated generations."""
    figure = empty_figure()
    numbers = [point.number for point in generations]
    _add_band(figure, numbers, generations)
    _add_lines(figure, numbers, generations)
    said = ", same protocol" if len(baselines) == 1 else ""
    for place, baseline in enumerate(baselines):
        _add_baseline(figure, numbers, baseline, said, *_BASELINES[place % len(_BASELINES)])
    _add_invalid(figure, numbers, generations)
    figure.update_xaxes(anchor="y2", **counting_axis("generation", numbers))
    figure.update_layout(
        yaxis={"title": {"text": "fitness"}, "domain": [0.26, 1], "tickformat": ".3~f"},
        yaxis2={
            "title": {"text": "no fitness"},
            "domain": [0, 0.16],
            "range": [0, 1],
            "tickformat": ".0%",
            "nticks": 3,
        },
    )
    return figure


def _add_band(figure: go.Figure, numbers: list[int], generations: Sequence[GenerationPoint]) -> None:
    edges = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "band"}
    lower = [point.lower_quartile for point in generations]
    upper = [point.upper_quartile for point in generations]
    figure.add_scatter(x=numbers, y=lower, name="lower quartile", showlegend=False, **edges)
    figure.add_scatter(
        x=numbers,
        y=upper,
        name="middle half",
        fill="tonexty",
        fillcolor=COLOURS["band"],
        meta={"role": "band"},
        **edges,
    )


def _add_lines(figure: go.Figure, numbers: list[int], generations: Sequence[GenerationPoint]) -> None:
    mode = "lines+markers" if len(numbers) <= _MOST_MARKERS else "lines"
    _add_line(figure, "median", numbers, [point.median for point in generations], mode, "square", "dot")
    quartiles = [[point.lower_quartile, point.upper_quartile] for point in generations]
    said = "%{y:.4f} (middle half %{customdata[0]:.4f} to %{customdata[1]:.4f})"
    figure.update_traces(selector={"name": "median"}, customdata=quartiles, hovertemplate=said)
    _add_line(figure, "best", numbers, [point.best for point in generations], mode, "circle", "solid")


def _add_line(
    figure: go.Figure, role: str, x: list[int], y: list[float | None], mode: str, symbol: str, dash: str
) -> None:
    figure.add_scatter(
        x=x,
        y=y,
        name=role,
        mode=mode,
        meta={"role": role},
        line={"color": COLOURS[role], "dash": dash, "width": 2 if role == "best" else 1.5},
        marker={"symbol": symbol, "size": 6 if role == "best" else 5},
        hovertemplate="%{y:.4f}",
    )


def _add_baseline(figure: go.Figure, numbers: list[int], baseline: Baseline, said: str, role: str, dash: str) -> None:
    if baseline.fitness is None or not numbers:
        return
    # A point at each generation, so that hovering says it; one more where there is but one, which would be no line.
    x = numbers if len(numbers) > 1 else [numbers[0], numbers[0] + 1]
    figure.add_scatter(
        x=x,
        y=[baseline.fitness] * len(x),
        name=f"{escaped(baseline.name)}{said}",
        mode="lines",
        meta={"role": role},
        line={"color": COLOURS[role], "dash": dash, "width": 1.5},
        hovertemplate="%{y:.4f}",
    )


def _add_invalid(figure: go.Figure, numbers: list[int], generations: Sequence[GenerationPoint]) -> None:
    figure.add_bar(
        x=numbers,
        y=[point.invalid_share for point in generations],
        name="without fitness",
        yaxis="y2",
        meta={"role": "invalid"},
        marker={"color": COLOURS["invalid"]},
        hovertemplate="%{y:.0%}",
    )
