"""Individuals: stored when bred, given a fitness or a reason once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from backend.store.requests import INDIVIDUAL
from backend.store.tables import Evaluation, Individual, Request


def add(
    session: Session,
    *,
    run_id: int,
    generation: int,
    index: int,
    genotype: Any,
    phenotype: str,
    operator: str,
    parents: Sequence[int],
    behaviour_id: int | None,
    novelty: str,
) -> Individual:
    """Store an individual that has no fitness yet."""
    individual = Individual(
        run_id=run_id,
        generation=generation,
        index=index,
        genotype=genotype,
        phenotype=phenotype,
        operator=operator,
        parents=list(parents),
        behaviour_id=behaviour_id,
        novelty=novelty,
        evaluated=False,
    )
    session.add(individual)
    session.flush()
    return individual


def get(session: Session, individual_id: int) -> Individual | None:
    """Return the individual, or None."""
    return session.get(Individual, individual_id)


def of_generation(session: Session, run_id: int, generation: int) -> Sequence[Individual]:
    """Return a generation's population in index order."""
    return session.scalars(
        select(Individual)
        .where(Individual.run_id == run_id, Individual.generation == generation)
        .order_by(Individual.index)
    ).all()


def count_unevaluated(session: Session, run_id: int, generation: int) -> int:
    """Return how many individuals of the generation have neither fitness nor reason yet."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Individual)
            .where(
                Individual.run_id == run_id,
                Individual.generation == generation,
                Individual.evaluated.is_(False),
            )
        )
        or 0
    )


def waiting_for_nothing(session: Session, run_id: int, generation: int) -> Sequence[Individual]:
    """Return the generation's unevaluated individuals none of whose evaluations is under way."""
    under_way = exists().where(
        Request.individual_id == Individual.id,
        Request.purpose == INDIVIDUAL,
        Request.evaluation_id == Evaluation.id,
        Evaluation.state.in_(("pending", "running")),
    )
    return session.scalars(
        select(Individual)
        .where(
            Individual.run_id == run_id,
            Individual.generation == generation,
            Individual.evaluated.is_(False),
            ~under_way,
        )
        .order_by(Individual.index)
    ).all()


def requesting(session: Session, evaluation_id: int) -> Sequence[Individual]:
    """Return the individuals without a fitness that want this evaluation, in index order."""
    return session.scalars(
        select(Individual)
        .join(Request, Request.individual_id == Individual.id)
        .where(
            Request.evaluation_id == evaluation_id,
            Request.purpose == INDIVIDUAL,
            Individual.evaluated.is_(False),
        )
        .order_by(Individual.generation, Individual.index)
    ).all()


def any_behaves(session: Session, run_id: int, behaviour_id: int) -> bool:
    """Whether the run has an individual of this behaviour."""
    found = exists().where(Individual.behaviour_id == behaviour_id, Individual.run_id == run_id)
    return bool(session.scalar(select(found)))
