"""How many trainings a run was asked for, and how many different ones these are, told apart by what they train."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.store.requests import INDIVIDUAL
from backend.store.tables import Individual, Request


class Asked(NamedTuple):
    """What a run's individuals asked for: in all, of different texts, of different behaviours."""

    in_all: int
    of_texts: int
    of_behaviours: int


def asked(session: Session, run_id: int) -> Asked:
    """Count the evaluations that a run's individuals asked for, in one query."""
    pairs = (
        select(func.count().label("requests"), Request.evaluation_id)
        .join(Individual, Individual.id == Request.individual_id)
        .where(Request.run_id == run_id, Request.purpose == INDIVIDUAL)
        # An evaluation is of one behaviour on one fold, so that these are the texts of each evaluation.
        .group_by(Request.evaluation_id, Individual.phenotype)
        .subquery()
    )
    counted = select(
        func.coalesce(func.sum(pairs.c.requests), 0), func.count(), func.count(pairs.c.evaluation_id.distinct())
    )
    # PostgreSQL sums to a decimal.
    return Asked(*map(int, session.execute(counted.select_from(pairs)).one()))
