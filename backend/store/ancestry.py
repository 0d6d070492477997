"""The generations of a run, newest first: what a line of descent is found in."""

import json
from collections.abc import Generator, Iterable
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Row, Text, cast, select
from sqlalchemy.orm import Session

from backend.store.tables import Individual

# Rows that are read at a time: a long line is followed without holding its run in memory.
_AT_ONCE = 2000
_COLUMNS = ("generation", "index", "id", "operator", "behaviour_id", "phenotype", "fitness", "reason")


class Member(NamedTuple):
    """An individual without its genotype; `place` is its index in its generation."""

    generation: int
    place: int
    id: int
    operator: str
    behaviour_id: int | None
    phenotype: str
    fitness: float | None
    reason: str | None
    parents: list[int]


_Row: TypeAlias = Row[*tuple[Any, ...]]


class Population:
    """A generation's individuals by index. Of the many only the few that are asked for are read in full."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows = {row[1]: row for row in rows}

    def __getitem__(self, index: int) -> Member:
        *columns, parents = self._rows[index]
        return Member._make((*columns, json.loads(parents)))


def populations_back(session: Session, run_id: int, generation: int) -> Generator[Population]:
    """Yield the run's population of that number, then the one before it, down to generation 0.

    One query for all of them. Whoever has read enough closes the iterator.
    """
    columns = [getattr(Individual, name) for name in _COLUMNS]
    query = (
        select(*columns, cast(Individual.parents, Text))
        .where(Individual.run_id == run_id, Individual.generation <= generation)
        .order_by(Individual.generation.desc(), Individual.index.desc())
        .execution_options(yield_per=_AT_ONCE)
    )
    with closing(session.execute(query)) as rows:
        for _, population in groupby(rows, key=itemgetter(0)):
            yield Population(population)
