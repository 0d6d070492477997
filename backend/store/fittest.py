"""The fittest individuals of runs, no two of which behave the same."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.store.tables import Individual, Run


def fittest(session: Session, run_ids: Collection[int], limit: int) -> Sequence[Individual]:
    """Return the first individual of each of the fittest behaviours, best first.

    Equals come by run, generation and place: never by the moment at which they were bred.
    """
    order = (Individual.fitness.desc(), Run.index, Run.id, Individual.generation, Individual.index)
    place = func.row_number().over(partition_by=Individual.behaviour_id, order_by=order).label("place")
    theirs = select(Individual.id, place).join(Run, Run.id == Individual.run_id).where(Run.id.in_(run_ids))
    known = theirs.where(Individual.fitness.is_not(None)).subquery()
    best = select(Individual).join(known, known.c.id == Individual.id).join(Run, Run.id == Individual.run_id)
    return session.scalars(best.where(known.c.place == 1).order_by(*order).limit(limit)).all()
