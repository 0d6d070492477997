"""How large a run's phenotypes become, generation by generation: nodes above, depth below."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import Extent, GenerationExtent

# With more generations than this a marker at each is a blur.
_MOST_MARKERS = 60
# From this ratio of the largest to the smallest on, a linear axis hides the small ones.
_LOG_FROM = 100


def bloat_figure(generations: Sequence[GenerationExtent]) -> go.Figure:
    """Return the figure of the size of a run's phenotypes, dead parts included: median, middle half and largest."""
    figure = empty_figure()
    numbers = [generation.number for generation in generations]
    _add_panel(figure, numbers, [generation.nodes for generation in generations], "y", "nodes")
    _add_panel(figure, numbers, [generation.depth for generation in generations], "y2", "depth")
    figure.update_xaxes(anchor="y2", **counting_axis("generation", numbers))
    figure.update_layout(
        yaxis={"title": {"text": "nodes"}, "domain": [0.46, 1], **_scale([each.nodes for each in generations])},
        yaxis2={"title": {"text": "depth"}, "domain": [0, 0.36], **_scale([each.depth for each in generations])},
    )
    return figure


def _add_panel(figure: go.Figure, numbers: list[int], extents: Sequence[Extent], axis: str, unit: str) -> None:
    first = axis == "y"
    edges = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "band", "yaxis": axis}
    figure.add_scatter(x=numbers, y=[each.lower_quartile for each in extents], showlegend=False, **edges)
    figure.add_scatter(
        x=numbers,
        y=[each.upper_quartile for each in extents],
        name="middle half",
        showlegend=first,
        fill="tonexty",
        fillcolor=COLOURS["band"],
        meta={"role": "band"},
        **edges,
    )
    for role, name, symbol, dash in (("median", "median", "square", "dot"), ("best", "largest", "circle", "solid")):
        figure.add_scatter(
            x=numbers,
            y=[getattr(each, name) for each in extents],
            name=name,
            legendgroup=name,
            showlegend=first,
            yaxis=axis,
            mode="lines+markers" if len(numbers) <= _MOST_MARKERS else "lines",
            meta={"role": role},
            line={"color": COLOURS[role], "dash": dash, "width": 1.5},
            marker={"symbol": symbol, "size": 5},
            hovertemplate=f"%{{y:.4~g}} {unit}",
        )


def _scale(extents: Sequence[Extent]) -> dict[str, object]:
    smallest = min((each.lower_quartile for each in extents), default=0)
    largest = max((each.largest for each in extents), default=0)
    spans_much = smallest > 0 and largest / smallest >= _LOG_FROM
    return {"type": "log", "dtick": 1} if spans_much else {"rangemode": "tozero", "tickformat": "~g"}
