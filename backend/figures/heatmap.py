"""All individuals of a run at a glance: a column a generation, the fittest on top, coloured by fitness."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import FITNESS_SCALE
from backend.figures.template import counting_axis, empty_figure
from backend.figures.values import FitnessCell

# A cross in every failed cell is one SVG text each: with more cells than this the gap alone has to say it.
_MOST_CROSSES = 1500
# The lowest tenth of all fitness values shares the darkest colour.
_DARKEST = 10


def heatmap_figure(cells: Iterable[FitnessCell]) -> go.Figure:
    """Return the heatmap of a run's individuals; a cell's `customdata` is [individual id, what to say of it]."""
    columns = _columns(cells)
    figure = empty_figure()
    figure.add_heatmap(**_grid(list(columns.values())), **_scale(columns.values()), x=list(columns), **_look())
    figure.update_xaxes(showline=False, **counting_axis("generation", list(columns)))
    figure.update_yaxes(title_text="rank", autorange="reversed", showgrid=False, tickformat="d")
    figure.update_layout(hovermode="closest")
    return figure


def _columns(cells: Iterable[FitnessCell]) -> dict[int, list[FitnessCell]]:
    """Return each generation's cells, best first, those without fitness last."""
    ordered = sorted(cells, key=lambda cell: (cell.generation, cell.fitness is None, -(cell.fitness or 0.0)))
    return {number: list(group) for number, group in groupby(ordered, key=lambda cell: cell.generation)}


def _grid(columns: Sequence[list[FitnessCell]]) -> dict[str, object]:
    """Return the heatmap's rows, the first rank first; a shorter generation leaves its last rows empty."""
    ranks = range(max((len(column) for column in columns), default=0))
    rows = [[column[rank] if rank < len(column) else None for column in columns] for rank in ranks]
    grid: dict[str, object] = {
        "y": [rank + 1 for rank in ranks],
        "z": [[cell.fitness if cell else None for cell in row] for row in rows],
        "customdata": [[[cell.individual_id, _said(cell)] if cell else [None, ""] for cell in row] for row in rows],
    }
    if sum(map(len, rows)) <= _MOST_CROSSES:
        grid |= {"text": [["×" if cell and cell.fitness is None else "" for cell in row] for row in rows]}
        grid |= {"texttemplate": "%{text}"}
    return grid


def _said(cell: FitnessCell) -> str:
    return (
        f"fitness {cell.fitness:.4f}"
        if cell.fitness is not None
        else f"no fitness: {escaped(cell.reason or 'unknown')}"
    )


def _scale(columns: Iterable[Sequence[FitnessCell]]) -> dict[str, float]:
    """Return the ends of the colour scale. A few that hardly learned would leave one colour for all the others."""
    values = sorted(cell.fitness for column in columns for cell in column if cell.fitness is not None)
    return {"zmin": values[len(values) // _DARKEST], "zmax": values[-1]} if values else {}


def _look() -> dict[str, object]:
    return {
        "colorscale": FITNESS_SCALE,
        "meta": {"role": "heatmap"},
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": True,
        "hovertemplate": "generation %{x}, rank %{y}<br>%{customdata[1]}<extra></extra>",
        "colorbar": {"title": {"text": "fitness"}, "thickness": 8, "outlinewidth": 0, "tickformat": ".3~f"},
    }
