"""Ask for the evaluations of a benchmark; what does the same under the same conditions is trained once."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_trials import Trial, specification_of
from backend.phenotypes.behaviour import Behaviour
from backend.problems.specification import EvaluationSpecification
from backend.store import behaviours, evaluations, trials
from backend.store.tables import Benchmark, Evaluation


def ask_for_trials(
    session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, wanted: Iterable[Trial]
) -> list[int]:
    """Ask for the evaluations of trials; return the ids of those that are new. The benchmark is new or locked."""
    new: list[int] = []
    for trial in wanted:
        evaluation, is_new = evaluation_of(session, benchmark, specification_of(resolved, benchmark.seed, trial))
        trials.ask(
            session,
            evaluation,
            contender=trial.contender,
            problem=trial.problem,
            round_number=trial.round,
            number=trial.number,
        )
        if is_new:
            new.append(evaluation.id)
    return new


def evaluation_of(
    session: Session, benchmark: Benchmark, specification: EvaluationSpecification
) -> tuple[Evaluation, bool]:
    """Return the benchmark's evaluation of that specification, and whether it is new: made here."""
    key = specification.key
    evaluation = trials.with_key(session, benchmark.id, key)
    if evaluation is not None:
        return evaluation, False
    kind, content = specification.behaviour_kind, dict(specification.behaviour_content)
    behaviour = behaviours.get_or_add(session, key=Behaviour(kind, content).key, kind=kind, content=content)
    evaluation = evaluations.add(
        session,
        benchmark_id=benchmark.id,
        behaviour_id=behaviour.id,
        key=key,
        fold=specification.fold,
        specification=specification.to_json(),
    )
    return evaluation, True
