"""What an update rule does to gradients of several kinds, beside what well-known optimizers do to the same."""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import COLOURS
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import Response, ResponseLine

# (role, dash, width): the rule itself, then those that it is held against.
_LOOKS = (("best", "solid", 2.5), ("baseline", "dash", 1.5), ("baseline_2", "dot", 1.5))
# Share of the height above each panel, for what it says.
_GAP = 0.11
# A rule that runs away leaves the panel after so many times its number of steps; the others stay to be seen.
_FARTHEST = 3


def response_figure(responses: Sequence[Response]) -> go.Figure:
    """Return the figure of how far a weight moves, step by step: a panel a kind of gradient, one below the other."""
    figure = empty_figure()
    for panel, response in enumerate(responses):
        # The rule's own line is thick and lies below: one that goes the same way stays to be seen on it.
        for line, look in zip(response.lines, _LOOKS, strict=False):
            _add_line(figure, line, look, panel)
        _lay_out(figure, response, panel, len(responses))
    steps = [step for response in responses for line in response.lines for step in range(len(line.changes))]
    bottom = {"anchor": f"y{len(responses)}"} if len(responses) > 1 else {}
    figure.update_xaxes(**counting_axis("step", steps), **bottom)
    return figure


def _add_line(figure: go.Figure, line: ResponseLine, look: tuple[str, str, float], panel: int) -> None:
    role, dash, width = look
    figure.add_scatter(
        x=list(range(len(line.changes))),
        y=list(line.changes),
        name=escaped(line.name, 60),
        legendgroup=role,
        showlegend=panel == 0,
        yaxis=_axis(panel, "y"),
        mode="lines",
        meta={"role": role},
        line={"color": COLOURS[role], "dash": dash, "width": width},
        hovertemplate="%{y:.4~g}",
    )


def _lay_out(figure: go.Figure, response: Response, panel: int, panels: int) -> None:
    height = 1 / panels - _GAP
    top = 1 - _GAP - panel / panels
    figure.update_layout(
        {
            _axis(panel, "yaxis"): {
                "domain": [max(0.0, top - height), top],
                "tickformat": ".3~g",
                "nticks": 3,
                # One title for all panels, beside the middle one.
                "title": {"text": "change of the weight" if panel == panels // 2 else ""},
                **_range(response),
            }
        }
    )
    figure.add_annotation(
        text=escaped(response.gradient),
        xref="paper",
        x=0,
        yref="paper",
        y=top,
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
    )


def _range(response: Response) -> dict[str, list[float]]:
    """Return the ends of a panel's axis where a line runs away, else nothing: the axis then fits what is drawn."""
    values = [change for line in response.lines for change in line.changes if change is not None]
    farthest = _FARTHEST * max(len(line.changes) for line in response.lines)
    if all(abs(value) <= farthest for value in values):
        return {}
    return {"range": [max(min(values), -farthest), min(max(values), farthest)]}


def _axis(panel: int, name: str) -> str:
    return name if panel == 0 else f"{name}{panel + 1}"
