"""What is counted of many runs at once: one query a fact, whatever the number of runs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.requests import ABLATION, BASELINE, INDIVIDUAL
from backend.store.tables import Evaluation, Generation, Individual, Request, Run


@dataclass(frozen=True)
class CompleteGeneration:
    """A generation that is evaluated: its best fitness, and when (seconds since the epoch) it began and ended."""

    number: int
    best: float | None
    began_at: float
    ended_at: float
    # Its individuals whose behaviour the run had met before.
    seen_before: int


@dataclass(frozen=True)
class BaselineEvaluation:
    """One fold of a baseline."""

    label: str
    state: str
    score: float | None


@dataclass
class RunFacts:
    """What is counted of one run."""

    # Individuals of the present generation, and how many of them have a fitness or a reason.
    population: int = 0
    evaluated: int = 0
    # Finished evaluations of individuals, and how many of them have no score.
    trainings: int = 0
    trainings_failed: int = 0
    # Those among them whose result was known from an earlier training.
    trainings_taken_over: int = 0
    # Individuals whose behaviour the run had met before.
    trainings_saved: int = 0
    # Runs of the same experiment, this one included.
    siblings: int = 1
    # Seconds since the epoch at which the present generation was bred.
    generation_began_at: float | None = None
    generations: list[CompleteGeneration] = field(default_factory=list)
    baselines: list[BaselineEvaluation] = field(default_factory=list)


def facts_of(session: Session, runs: Sequence[Run]) -> dict[int, RunFacts]:
    """Return the facts of each run, by its id."""
    facts: dict[int, RunFacts] = defaultdict(RunFacts)
    ids = [run.id for run in runs]
    _count_present_generation(session, ids, facts)
    _count_trainings(session, ids, facts)
    _count_siblings(session, runs, facts)
    _add_generations(session, ids, facts)
    _add_baselines(session, ids, facts)
    return facts


def clock(session: Session) -> float:
    """Return the database's time in seconds since the epoch."""
    return session.execute(select(now())).scalar_one()


def counts_by_state(session: Session) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many runs and how many evaluations there are in each state."""
    runs = session.execute(select(Run.state, func.count()).group_by(Run.state))
    evaluations = session.execute(select(Evaluation.state, func.count()).group_by(Evaluation.state))
    return dict(runs.all()), dict(evaluations.all())


def _count_present_generation(session: Session, ids: Sequence[int], facts: dict[int, RunFacts]) -> None:
    rows = session.execute(
        select(
            Run.id,
            func.count(),
            func.sum(case((Individual.evaluated, 1), else_=0)),
            func.sum(case((Individual.novelty == "seen_before", 1), else_=0)),
            func.min(Generation.created_at),
            func.min(Generation.completed_at),
        )
        .join(Individual, (Individual.run_id == Run.id) & (Individual.generation == Run.generation))
        .join(Generation, (Generation.run_id == Run.id) & (Generation.number == Run.generation))
        .where(Run.id.in_(ids))
        .group_by(Run.id)
    )
    for run_id, population, evaluated, seen_before, began_at, completed_at in rows:
        facts[run_id].population, facts[run_id].evaluated = population, evaluated
        facts[run_id].generation_began_at = began_at
        if completed_at is None:
            # Those of complete generations are in their summaries.
            facts[run_id].trainings_saved += seen_before


def _count_trainings(session: Session, ids: Sequence[int], facts: dict[int, RunFacts]) -> None:
    """Count what is finished, and take off what no individual asked for itself: that is little to look at."""
    finished = (Evaluation.run_id.in_(ids), Evaluation.state == "finished")
    own = exists().where(Request.evaluation_id == Evaluation.id, Request.purpose == INDIVIDUAL)
    others = select(Request.evaluation_id).where(Request.run_id.in_(ids), Request.purpose.in_((BASELINE, ABLATION)))
    counts = (func.count(), func.count(Evaluation.reason), func.count(Evaluation.taken_from))
    counted = select(Evaluation.run_id, *counts).group_by(Evaluation.run_id)
    for sign, query in ((1, counted.where(*finished)), (-1, counted.where(*finished, Evaluation.id.in_(others), ~own))):
        for run_id, trainings, failed, taken_over in session.execute(query):
            assert run_id is not None  # the query asked for those of runs
            facts[run_id].trainings += sign * trainings
            facts[run_id].trainings_failed += sign * failed
            facts[run_id].trainings_taken_over += sign * taken_over


def _count_siblings(session: Session, runs: Sequence[Run], facts: dict[int, RunFacts]) -> None:
    rows = session.execute(
        select(Run.experiment_id, func.count())
        .where(Run.experiment_id.in_({run.experiment_id for run in runs}))
        .group_by(Run.experiment_id)
    )
    siblings = dict(rows.all())
    for run in runs:
        facts[run.id].siblings = siblings[run.experiment_id]


def _add_generations(session: Session, ids: Sequence[int], facts: dict[int, RunFacts]) -> None:
    rows = session.execute(
        select(
            Generation.run_id,
            Generation.number,
            # The numbers alone: a run of many generations is listed without reading all their summaries.
            Generation.summary["best"].as_float(),
            Generation.summary["seen_before"].as_integer(),
            Generation.created_at,
            Generation.completed_at,
        )
        .where(Generation.run_id.in_(ids), Generation.completed_at.is_not(None))
        .order_by(Generation.run_id, Generation.number)
    )
    for run_id, number, best, seen_before, began_at, ended_at in rows:
        assert ended_at is not None  # the query asked for complete ones
        facts[run_id].trainings_saved += seen_before
        facts[run_id].generations.append(CompleteGeneration(number, best, began_at, ended_at, seen_before))


def _add_baselines(session: Session, ids: Sequence[int], facts: dict[int, RunFacts]) -> None:
    rows = session.execute(
        select(Request.run_id, Request.label, Evaluation.state, Evaluation.score)
        .join(Evaluation, Evaluation.id == Request.evaluation_id)
        .where(Request.run_id.in_(ids), Request.purpose == BASELINE)
        .order_by(Request.run_id, Request.id)
    )
    for run_id, label, state, score in rows:
        assert run_id is not None
        facts[run_id].baselines.append(BaselineEvaluation(label or "", state, score))
