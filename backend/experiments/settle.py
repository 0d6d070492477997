"""What follows from finished evaluations for those who asked for them: the next fold, or a fitness."""

from sqlalchemy.orm import Session

from backend.experiments.design import Design, design_of
from backend.problems.fitness_rule import Final
from backend.problems.specification import EvaluationSpecification
from backend.search.seeds import Place
from backend.store import behaviours, evaluations, experiments, individuals, requests, runs
from backend.store.evaluations import EvaluationState
from backend.store.requests import Requester
from backend.store.tables import Behaviour, Evaluation, Individual, Run


def settle_requesters(session: Session, evaluation_id: int) -> list[int]:
    """Settle everybody who asked for a finished evaluation; return the ids of evaluations that have to be sent."""
    evaluation = evaluations.get(session, evaluation_id)
    run = runs.lock(session, evaluation.run_id) if evaluation and evaluation.run_id else None
    if run is None or not runs.is_active(run):
        return []
    design = design_of(experiments.of_run(session, run))
    waiting = individuals.requesting(session, evaluation_id)
    new = [to_send for individual in waiting for to_send in settle(session, design, run, individual)]
    for label in requests.baselines_of(session, evaluation_id):
        new += settle_baseline(session, design, run, label)
    return new


def settle(session: Session, design: Design, run: Run, individual: Individual) -> list[int]:
    """Ask for an individual's next evaluation, or give it its fitness; return the id if it has to be sent."""
    if individual.behaviour_id is None:
        individual.evaluated, individual.reason = True, "cannot_train"
        return []
    behaviour = behaviours.get(session, individual.behaviour_id)
    requester = Requester(run.id, requests.INDIVIDUAL, individual_id=individual.id)
    place = Place(individual.generation, individual.index)
    new = _pursue(session, design, run, behaviour, requester, place)
    final = outcome(session, design, requester)
    if final is not None:
        individual.evaluated, individual.fitness, individual.reason = True, *final
    return new


def settle_baseline(session: Session, design: Design, run: Run, label: str) -> list[int]:
    """Ask for a baseline's next evaluation, if there is one; return the id if it has to be sent."""
    known = design.evolved.baselines[label]
    behaviour = behaviours.get_or_add(session, key=known.key, kind=known.kind, content=known.content)
    return _pursue(session, design, run, behaviour, Requester(run.id, requests.BASELINE, label=label))


def outcome(session: Session, design: Design, requester: Requester) -> tuple[float | None, str | None] | None:
    """Return the requester's fitness, or null and the reason; None while that is not known yet."""
    answers = requests.answers(session, requester)
    if not answers or any(answer.state != EvaluationState.FINISHED for answer in answers):
        return None
    step = design.fitness_rule.next([answer.score for answer in answers])
    if not isinstance(step, Final):
        return None
    return step.fitness, None if step.failed is None else answers[step.failed].reason


def _pursue(
    session: Session,
    design: Design,
    run: Run,
    behaviour: Behaviour,
    requester: Requester,
    place: Place | None = None,
) -> list[int]:
    """Ask for fold after fold, as long as they are known already; return the id of one that has to be trained."""
    while True:
        answers = requests.answers(session, requester)
        if any(answer.state != EvaluationState.FINISHED for answer in answers):
            return []
        step = design.fitness_rule.next([answer.score for answer in answers])
        if isinstance(step, Final):
            return []
        specification = design.specification(behaviour.kind, behaviour.content, step, run.seed, place)
        evaluation, is_new = evaluation_of(session, run, behaviour, specification)
        requests.add(session, evaluation, requester)
        if is_new:
            return [evaluation.id]


def evaluation_of(
    session: Session, run: Run, behaviour: Behaviour, specification: EvaluationSpecification
) -> tuple[Evaluation, bool]:
    """Return the run's evaluation of a behaviour, and whether it has to be sent. The run is locked: no race."""
    return evaluations.get_or_add(
        session,
        run_id=run.id,
        behaviour_id=behaviour.id,
        key=specification.key,
        fold=specification.fold,
        specification=specification.to_json(),
    )
