"""What all figures look like: thin lines, no title, no fixed colours of paper and text (the page has its own)."""

from collections.abc import Sequence

import plotly.graph_objects as go

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "system-ui, sans-serif", "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 56, "r": 16, "t": 32, "b": 40},
        "hovermode": "x unified",
        "hoverlabel": {"namelength": -1, "align": "left"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "xaxis": {"showgrid": False, "zeroline": False, "showline": True, "ticks": "outside", "ticklen": 4},
        "yaxis": {"showgrid": True, "zeroline": False, "showline": False, "title": {"standoff": 8}},
        "dragmode": "zoom",
    }
)


# Up to so many whole numbers each gets its tick; beyond it Plotly's own choice of steps is whole by itself.
_MOST_TICKS = 12


def counting_axis(title: str, numbers: Sequence[int]) -> dict[str, object]:
    """Return an axis of whole numbers: no tick between two of them, however few there are."""
    few = len(numbers) > 0 and max(numbers) - min(numbers) <= _MOST_TICKS
    said = {"text": f"{title} %{{x}}"}
    return {"title_text": title, "tickformat": "~g", "unifiedhovertitle": said, **({"dtick": 1} if few else {})}


# What lies above and below the rows of a figure that has one for each of many things, and a row itself, in pixels.
_AROUND_ROWS, _ROW = 96, 28


def height_for(rows: int) -> dict[str, int]:
    """Return a layout's `meta` that says how high so many rows need the figure to be: whoever shows it sees to that."""
    return {"least_height": _AROUND_ROWS + _ROW * rows}


def empty_figure() -> go.Figure:
    """Return a figure with the common look and nothing drawn in it.

    Its `uirevision` never changes: a zoom of the person who watches survives every redraw.
    """
    return go.Figure(layout={"template": TEMPLATE, "uirevision": "constant"})
