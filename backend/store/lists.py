"""Lists in pages: each query continues after a key (the last row's place in the order), never after a count of rows."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.store.requests import INDIVIDUAL, Requester, answers
from backend.store.tables import Behaviour, Evaluation, Experiment, Generation, Individual, Request, Run


class RunOrder(StrEnum):
    """In what order runs are listed."""

    CREATED_AT = "created_at"  # newest first
    BEST_FITNESS = "best_fitness"  # best first, those without any last
    NAME = "name"


class RunKey(NamedTuple):
    """A run's place in a list: the value it is ordered by, then its id, which tells equals apart."""

    value: str | float | None
    id: int


class RunInExperiment(NamedTuple):
    """A run and the experiment it belongs to."""

    run: Run
    experiment: Experiment


class IndividualWithBehaviour(NamedTuple):
    """An individual and what it does; None where its phenotype cannot be trained."""

    individual: Individual
    behaviour: Behaviour | None


def runs_page(
    session: Session,
    *,
    order: RunOrder,
    limit: int,
    after: RunKey | None = None,
    states: Sequence[str] = (),
    text: str | None = None,
) -> list[RunInExperiment]:
    """Return runs in this order; `states` and `text` (in name, preset or problem) narrow the list down."""
    query = select(Run, Experiment).join(Experiment, Experiment.id == Run.experiment_id)
    if states:
        query = query.where(Run.state.in_(states))
    if text:
        query = query.where(_mentions(text))
    rows = session.execute(_ordered(query, order, after).limit(limit))
    return [RunInExperiment(run, experiment) for run, experiment in rows]


def run_key(row: RunInExperiment, order: RunOrder) -> RunKey:
    """Return the place of a run in a list of this order."""
    values: dict[RunOrder, str | float | None] = {
        RunOrder.CREATED_AT: None,
        RunOrder.BEST_FITNESS: row.run.best_fitness,
        RunOrder.NAME: row.experiment.name,
    }
    return RunKey(values[order], row.run.id)


def runs_of_individuals(session: Session, individual_ids: Sequence[int]) -> list[RunInExperiment]:
    """Return the runs that these individuals were bred in, each once, in the order of their numbers."""
    theirs = select(Individual.run_id).where(Individual.id.in_(individual_ids))
    query = select(Run, Experiment).join(Experiment, Experiment.id == Run.experiment_id).where(Run.id.in_(theirs))
    return [RunInExperiment(run, experiment) for run, experiment in session.execute(query.order_by(Run.id))]


def runs_of_experiments(session: Session, experiment_ids: Sequence[int]) -> list[RunInExperiment]:
    """Return all runs of the experiments, in the order of their seeds."""
    rows = session.execute(
        select(Run, Experiment)
        .join(Experiment, Experiment.id == Run.experiment_id)
        .where(Experiment.id.in_(experiment_ids))
        .order_by(Run.experiment_id, Run.index)
    )
    return [RunInExperiment(run, experiment) for run, experiment in rows]


def run_in_experiment(session: Session, run_id: int) -> RunInExperiment | None:
    """Return the run with its experiment, or None."""
    row = session.execute(
        select(Run, Experiment).join(Experiment, Experiment.id == Run.experiment_id).where(Run.id == run_id)
    ).first()
    return RunInExperiment(row[0], row[1]) if row else None


def experiments_page(session: Session, *, limit: int, after: int | None = None) -> Sequence[Experiment]:
    """Return experiments, newest first, from the one after `after` (an id) on."""
    query = select(Experiment).order_by(Experiment.id.desc()).limit(limit)
    return session.scalars(query if after is None else query.where(Experiment.id < after)).all()


def generations_page(session: Session, run_id: int, *, limit: int, after: int | None = None) -> Sequence[Generation]:
    """Return a run's complete generations in order, from the one after number `after` on."""
    query = select(Generation).where(Generation.run_id == run_id, Generation.completed_at.is_not(None))
    if after is not None:
        query = query.where(Generation.number > after)
    return session.scalars(query.order_by(Generation.number).limit(limit)).all()


def individuals_page(
    session: Session,
    run_id: int,
    *,
    limit: int,
    generation: int | None = None,
    after: tuple[int, int] | None = None,
) -> list[IndividualWithBehaviour]:
    """Return a run's individuals by generation and index, from the one after `after` (both numbers) on."""
    query = _individuals().where(Individual.run_id == run_id)
    if generation is not None:
        query = query.where(Individual.generation == generation)
    if after is not None:
        query = query.where(tuple_(Individual.generation, Individual.index) > after)
    rows = session.execute(query.order_by(Individual.generation, Individual.index).limit(limit))
    return [IndividualWithBehaviour(individual, behaviour) for individual, behaviour in rows]


def individual_with_behaviour(session: Session, individual_id: int) -> IndividualWithBehaviour | None:
    """Return the individual and what it does, or None."""
    row = session.execute(_individuals().where(Individual.id == individual_id)).first()
    return IndividualWithBehaviour(row[0], row[1]) if row else None


def parents_of(session: Session, individual: Individual) -> Sequence[Individual]:
    """Return an individual's parents, in the order in which they were chosen."""
    found = session.scalars(
        select(Individual).where(
            Individual.run_id == individual.run_id,
            Individual.generation == individual.generation - 1,
            Individual.index.in_(individual.parents),
        )
    ).all()
    by_index = {parent.index: parent for parent in found}
    return [by_index[index] for index in individual.parents if index in by_index]


def fitness_of_all(session: Session, run_id: int) -> Sequence[Row[int, int, float | None, str | None]]:
    """Return (id, generation, fitness, reason) of every evaluated individual of a run, by generation and index."""
    return session.execute(
        select(Individual.id, Individual.generation, Individual.fitness, Individual.reason)
        .where(Individual.run_id == run_id, Individual.evaluated)
        .order_by(Individual.generation, Individual.index)
    ).all()


def evaluations_page(
    session: Session, run_id: int, *, limit: int, states: Sequence[str] = (), after: int | None = None
) -> Sequence[Evaluation]:
    """Return a run's evaluations, oldest first, from the one after `after` (an id) on."""
    query = select(Evaluation).where(Evaluation.run_id == run_id)
    if states:
        query = query.where(Evaluation.state.in_(states))
    if after is not None:
        query = query.where(Evaluation.id > after)
    return session.scalars(query.order_by(Evaluation.id).limit(limit)).all()


def evaluations_of(session: Session, individual: Individual) -> Sequence[Evaluation]:
    """Return the evaluations of an individual, by fold."""
    return answers(session, Requester(individual.run_id, INDIVIDUAL, individual_id=individual.id))


def requests_for(session: Session, evaluation_ids: Sequence[int]) -> Sequence[Request]:
    """Return who wants the evaluations."""
    return session.scalars(select(Request).where(Request.evaluation_id.in_(evaluation_ids)).order_by(Request.id)).all()


def _individuals() -> Select[Individual, Behaviour]:
    return select(Individual, Behaviour).outerjoin(Behaviour, Behaviour.id == Individual.behaviour_id)


def _mentions(text: str) -> ColumnElement[bool]:
    return or_(
        Experiment.name.icontains(text, autoescape=True),
        Experiment.preset.icontains(text, autoescape=True),
        Experiment.configuration["problem"].as_string().icontains(text, autoescape=True),
    )


def _ordered(query: Select[Run, Experiment], order: RunOrder, after: RunKey | None) -> Select[Run, Experiment]:
    if order is RunOrder.NAME:
        query = query.order_by(Experiment.name, Run.id)
        return query if after is None else query.where(tuple_(Experiment.name, Run.id) > (after.value, after.id))
    if order is RunOrder.CREATED_AT:
        query = query.order_by(Run.id.desc())
        return query if after is None else query.where(Run.id < after.id)
    query = query.order_by(Run.best_fitness.is_(None), Run.best_fitness.desc(), Run.id.desc())
    return query if after is None else query.where(_less_fit_than(after))


def _less_fit_than(after: RunKey) -> ColumnElement[bool]:
    """Return what follows a place in the order best first, those without any fitness last, then newest first."""
    if after.value is None:
        return and_(Run.best_fitness.is_(None), Run.id < after.id)
    equal_but_older = and_(Run.best_fitness == after.value, Run.id < after.id)
    return or_(Run.best_fitness.is_(None), Run.best_fitness < after.value, equal_but_older)
