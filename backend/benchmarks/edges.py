"""Rivals that may not have been tuned enough: the best value of a constant lies at the edge of what was tried."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.benchmarks.rounds import Declaration
from backend.benchmarks.table import Row


@dataclass(frozen=True)
class Edge:
    """On a problem, the best contender of a family has the lowest or the highest value tried; `sentence` says so."""

    problem: str
    family: str
    contender: int
    constant: str
    value: float
    sentence: str


def edges(declared: Declaration, rows: Sequence[Row]) -> tuple[Edge, ...]:
    """Return the families whose best value, by the mean of its trials, lies at the edge."""
    found = []
    for problem in declared.problems:
        means = {row.contender: row.summary.mean for row in rows if row.problem == problem}
        for family in dict.fromkeys(each.family for each in declared.entrants if each.family is not None):
            edge = _edge(declared, problem, family, means)
            found += [edge] if edge else []
    return tuple(found)


def _edge(declared: Declaration, problem: str, family: str, means: dict[int, float | None]) -> Edge | None:
    members = [place for place, each in enumerate(declared.entrants) if each.family == family]
    known = [(mean, -place) for place in members if (mean := means.get(place)) is not None]
    if not known:
        return None
    best = -max(known)[1]
    ((constant, value),) = declared.entrants[best].tried.items()
    values = [declared.entrants[place].tried[constant] for place in members]
    for side, edge in (("lowest", min(values)), ("highest", max(values))):
        if value == edge:
            said = (
                f"{family}: its best {constant.replace('_', ' ')} on {problem}, {value:g}, is the {side} of those "
                "tried; one beyond it may be better."
            )
            return Edge(problem, family, best, constant, value, said)
    return None
