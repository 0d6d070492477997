"""Store a population and ask for its evaluations: each behaviour is trained once in a run."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from backend.experiments.design import Design
from backend.experiments.settle import settle
from backend.expressions.errors import ExpressionError
from backend.phenotypes.schedule import CannotTrain
from backend.search.engine import Individual as Bred
from backend.store import behaviours, generations, individuals
from backend.store.tables import Behaviour, Individual, Run


class Novelty(StrEnum):
    """How an individual stood when it was bred."""

    NEW = "new"
    SEEN_BEFORE = "seen_before"  # an earlier individual of the run behaves the same
    CANNOT_TRAIN = "cannot_train"  # its phenotype gives no usable rates, or provably learns nothing


def populate(session: Session, design: Design, run: Run, population: Sequence[Bred[Any]]) -> list[int]:
    """Store the run's present generation; return the ids of the evaluations that have to be sent."""
    generations.open_next(session, run.id, run.generation)
    stored = [_add(session, design, run, index, bred) for index, bred in enumerate(population)]
    return [new for individual in stored for new in settle(session, design, run, individual)]


def _add(session: Session, design: Design, run: Run, index: int, bred: Bred[Any]) -> Individual:
    behaviour = _behaviour(session, design, bred.phenotype)
    return individuals.add(
        session,
        run_id=run.id,
        generation=run.generation,
        index=index,
        genotype=design.representation.to_json(bred.genotype),
        phenotype=bred.phenotype,
        operator=bred.operator,
        parents=bred.parents,
        behaviour_id=behaviour.id if behaviour else None,
        novelty=_novelty(session, run, behaviour),
    )


def _behaviour(session: Session, design: Design, phenotype: str) -> Behaviour | None:
    try:
        behaviour = design.evolved.behaviour(phenotype)
    except (CannotTrain, ExpressionError):
        # An expression may also nest more deeply than the language allows.
        return None
    return behaviours.get_or_add(session, key=behaviour.key, kind=behaviour.kind, content=behaviour.content)


def _novelty(session: Session, run: Run, behaviour: Behaviour | None) -> Novelty:
    if behaviour is None:
        return Novelty.CANNOT_TRAIN
    return Novelty.SEEN_BEFORE if individuals.any_behaves(session, run.id, behaviour.id) else Novelty.NEW
