"""What each contender reaches on each problem: does what was found on one of them hold on the others?"""

from collections.abc import Sequence

import plotly.graph_objects as go

from backend.figures.hover import escaped
from backend.figures.palette import FITNESS_SCALE
from backend.figures.template import empty_figure, height_for
from backend.figures.values import TransferCell, TransferRow

# Marks the problem that a contender's run searched on.
FOUND_HERE = "◆"


def transfer_figure(problems: Sequence[str], rows: Sequence[TransferRow]) -> go.Figure:
    """Return the matrix of mean scores, a row a contender, a column a problem; empty with fewer than two problems.

    Scores of different problems say nothing of each other: a cell's colour is its place between the worst and the best
    of its own column.
    """
    figure = empty_figure()
    if len(problems) < 2:
        return figure
    columns = [_places([row.cells[column].mean for row in rows]) for column in range(len(problems))]
    figure.add_heatmap(
        x=[escaped(problem, 28) for problem in problems],
        y=list(range(len(rows))),
        z=[[column[place] for column in columns] for place in range(len(rows))],
        text=[[_text(cell) for cell in row.cells] for row in rows],
        customdata=[
            [_words(row.label, problem, cell) for problem, cell in zip(problems, row.cells, strict=True)]
            for row in rows
        ],
        zmin=0,
        zmax=1,
        texttemplate="%{text}",
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=True,
        colorscale=FITNESS_SCALE,
        showscale=False,
        meta={"role": "heatmap"},
        xgap=1,
        ygap=1,
    )
    names = {"tickvals": list(range(len(rows))), "ticktext": [escaped(row.label, 28) for row in rows]}
    figure.update_layout(
        meta=height_for(len(rows)),
        hovermode="closest",
        xaxis={"side": "top", "showline": False, "ticks": "", "type": "category", "automargin": True},
        yaxis={**names, "range": (len(rows) - 0.5, -0.5), "showgrid": False, "automargin": True},
    )
    return figure


def _places(means: Sequence[float | None]) -> list[float | None]:
    """Return where each lies between the worst (0) and the best (1); all are the best where none differ."""
    known = [mean for mean in means if mean is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return [None if mean is None else (mean - low) / (high - low) if high > low else 1.0 for mean in means]


def _text(cell: TransferCell) -> str:
    said = ("all failed" if cell.failed else "–") if cell.mean is None else f"{cell.mean:.4f}"
    return f"{FOUND_HERE} {said}" if cell.found_here else said


def _words(label: str, problem: str, cell: TransferCell) -> str:
    """Return what is said of a cell on hovering over it."""
    lines = [f"{escaped(label, 60)} on {escaped(problem, 60)}"]
    if cell.mean is not None:
        spread = "" if cell.deviation is None else f" ± {cell.deviation:.4f}"
        lines.append(f"{cell.mean:.4f}{spread}")
    failed = f", {cell.failed} failed" if cell.failed else ""
    lines.append(f"{cell.n} trial{'' if cell.n == 1 else 's'}{failed}")
    return "<br>".join([*lines, *(["its run searched on this problem"] if cell.found_here else [])])
