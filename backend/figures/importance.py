"""How much each of the contenders' constants mattered, a bar each; in words where that cannot be said."""

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import empty_figure, height_for
from backend.figures.values import ContenderImportance


def importance_figure(contenders: Sequence[ContenderImportance]) -> go.Figure:
    """Return the figure: one row a constant, below each other, the largest of a contender first.

    A contender without shares has one row, which says why.
    """
    figure = empty_figure()
    rows = [row for each in contenders for row in _rows(each)]
    figure.add_bar(
        x=[share for _, share, _ in rows],
        # Places, not names: two contenders may have labels that are shown alike.
        y=list(range(len(rows))),
        text=[said for _, _, said in rows],
        orientation="h",
        textposition="outside",
        cliponaxis=False,
        meta={"role": "best"},
        marker={"color": COLOURS["best"]},
        showlegend=False,
        hoverinfo="skip",
    )
    names = {"tickvals": list(range(len(rows))), "ticktext": [name for name, _, _ in rows], "automargin": True}
    figure.update_layout(
        meta=height_for(len(rows)),
        hovermode=False,
        bargap=0.35,
        xaxis={"title": {"text": "share of what mattered"}, "range": (0, 1.1), "tickformat": ".0%", "showgrid": True},
        yaxis={**names, "showgrid": False, "range": (len(rows) - 0.5, -0.5)},
    )
    return figure


def _rows(contender: ContenderImportance) -> Iterator[tuple[str, float, str]]:
    """Return (name, share, what stands beside the bar)."""
    label = escaped(contender.label, 32)
    if contender.why is not None:
        yield label, 0.0, escaped(contender.why)
    for name, share in contender.shares.items():
        yield f"{label}: {escaped(name.replace('_', ' '), 24)}", share, f"{share:.0%}"
