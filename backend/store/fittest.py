"""The fittest individuals of a run, no two of which behave the same."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.store.tables import Individual


def fittest(session: Session, run_id: int, limit: int) -> Sequence[Individual]:
    """Return the first individual of each of the fittest behaviours, best first; equals in the order of their birth."""
    order = (Individual.fitness.desc(), Individual.id)
    place = func.row_number().over(partition_by=Individual.behaviour_id, order_by=order).label("place")
    known = select(Individual.id, place).where(Individual.run_id == run_id, Individual.fitness.is_not(None)).subquery()
    best = select(Individual).join(known, known.c.id == Individual.id).where(known.c.place == 1)
    return session.scalars(best.order_by(*order).limit(limit)).all()
