"""The tuning phase of a benchmark: ask for constants batch by batch, and end with those that the trials use."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.benchmarks.tuned import Tuned, tuned
from backend.benchmarks.tuning import Plan, Told, asked
from backend.experiments.benchmark_asking import ask_for_trials, evaluation_of
from backend.experiments.benchmark_configuration import ResolvedBenchmark, ResolvedContender, TunedContender
from backend.experiments.benchmark_trials import first_round, tuning_specification
from backend.experiments.benchmark_tunables import (
    CANNOT_BE_MADE,
    TunableContender,
    contender_with,
    tunable_contenders,
)
from backend.search.seeds import tuning_seed
from backend.store import benchmarks, tunings
from backend.store.benchmarks import Phase
from backend.store.evaluations import EvaluationState
from backend.store.tables import Benchmark


@dataclass(frozen=True)
class _Tuning:
    """One contender's tuning on one problem (its place in the declaration), as far as it has come."""

    problem: str
    problem_place: int
    contender: TunableContender
    plan: Plan
    told: tuple[Told, ...]


@dataclass(frozen=True)
class _Due:
    """A training that is to be asked for: its number, its constants, and the contender that they make."""

    number: int
    constants: dict[str, float]
    contender: ResolvedContender


def go_on_tuning(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[int]:
    """Ask for the next batch of every contender or, when all are tuned, for the first round of trials.

    Return the ids of the new evaluations. All that was asked for must have ended; the benchmark is new or locked.
    """
    new: list[int] = []
    # All of a batch may have been trained already, for a contender that does the same: then the next is due.
    while not new and (wanted := _all_due(session, benchmark, resolved)):
        new = [found for tuning, due in wanted for found in _ask(session, benchmark, resolved, tuning, due)]
    return new or _end(session, benchmark, resolved)


def planned_trainings(resolved: ResolvedBenchmark) -> int:
    """Return how many trainings tuning and first round have in all, if none is shared."""
    tuned_on_one = sum(each.trainings for each in tunable_contenders(resolved))
    return tuned_on_one * len(resolved.declaration.problems) + len(first_round(resolved))


def tuned_of(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> tuple[Tuned, ...]:
    """Return what the tunings have come to so far."""
    return tuple(_tuned(resolved, each) for each in _tunings(session, benchmark, resolved) if each.told)


def _all_due(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[tuple[_Tuning, list[_Due]]]:
    found = [(each, _due(benchmark, resolved, each)) for each in _tunings(session, benchmark, resolved)]
    return [(tuning, due) for tuning, due in found if due]


def _end(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[int]:
    found = [_tuned_contender(resolved, each) for each in _tunings(session, benchmark, resolved)]
    whole = resolved.model_copy(update={"tuned": tuple(found)})
    benchmark.configuration = whole.model_dump(mode="json")
    benchmarks.enter(session, benchmark, Phase.TRIALS)
    return ask_for_trials(session, benchmark, whole, first_round(whole))


def _tunings(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[_Tuning]:
    tuning = resolved.declaration.tuning
    if tuning is None:
        return []
    told: defaultdict[tuple[str, int], list[Told]] = defaultdict(list)
    for row in tunings.of_benchmark(session, benchmark.id):
        if row.state == EvaluationState.FINISHED:
            told[row.problem, row.contender].append(Told(row.number, row.constants, row.score))
    return [
        _Tuning(
            problem,
            place,
            contender,
            Plan(contender.trainings, tuning.by_chance, tuning.batch),
            tuple(told[problem, contender.place]),
        )
        for place, problem in enumerate(resolved.declaration.problems)
        for contender in tunable_contenders(resolved)
    ]


def _due(benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: _Tuning) -> list[_Due]:
    """Return the trainings of the first batch after the told ones in which there is one that can be made."""
    last = max((each.number for each in tuning.told), default=-1)
    for batch, numbers in enumerate(tuning.plan.batches):
        if numbers.start > last and (due := _makeable(benchmark, resolved, tuning, batch)):
            return due
    return []


def _makeable(benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: _Tuning, batch: int) -> list[_Due]:
    """Return a batch without the constants that make no behaviour: they count as tried, but nothing is trained."""
    declared, contender = resolved.declaration, tuning.contender
    assert declared.tuning is not None
    order, own = resolved.members[contender.place], resolved.contenders[contender.place]
    epochs = declared.tuning.epochs or declared.protocol.epochs
    seed = tuning_seed(benchmark.seed, contender.place, tuning.problem_place, batch)
    found = []
    wanted = asked(tuning.plan, contender.space, batch, tuning.told, seed)
    for number, constants in zip(tuning.plan.batches[batch], wanted, strict=True):
        with suppress(*CANNOT_BE_MADE):
            found.append(_Due(number, constants, contender_with(order, own, constants, epochs)))
    return found


def _ask(
    session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: _Tuning, due: list[_Due]
) -> list[int]:
    new = []
    for each in due:
        specification = tuning_specification(resolved.declaration, each.contender, benchmark.seed, tuning.problem)
        evaluation, is_new = evaluation_of(session, benchmark, specification)
        tunings.ask(
            session,
            evaluation,
            contender=tuning.contender.place,
            problem=tuning.problem,
            number=each.number,
            constants=each.constants,
        )
        if is_new:
            new.append(evaluation.id)
    return new


def _tuned(resolved: ResolvedBenchmark, tuning: _Tuning) -> Tuned:
    contender = tuning.contender
    label = resolved.contenders[contender.place].label
    return tuned(tuning.problem, contender.place, label, contender.space, tuning.told)


def _tuned_contender(resolved: ResolvedBenchmark, tuning: _Tuning) -> TunedContender:
    found, place = _tuned(resolved, tuning), tuning.contender.place
    order, own = resolved.members[place], resolved.contenders[place]
    made = contender_with(order, own, found.constants, resolved.declaration.protocol.epochs)
    return TunedContender(
        problem=found.problem,
        contender=place,
        constants=dict(found.constants),
        score=found.score,
        trainings=found.trainings,
        failed=found.failed,
        sentence=found.sentence,
        edges=tuple(edge.sentence for edge in found.edges),
        text=made.text,
        content=made.content,
    )
