"""The tuning phase of a benchmark: ask for constants batch by batch, and end with those that the trials use."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy.orm import Session

from backend.benchmarks.tuning import asked, best
from backend.experiments.benchmark_asking import ask_for_trials, evaluation_of
from backend.experiments.benchmark_configuration import ResolvedBenchmark, ResolvedContender, TunedContender
from backend.experiments.benchmark_trials import first_round, tuning_specification
from backend.experiments.benchmark_tunables import CANNOT_BE_MADE, contender_with, tunable_contenders
from backend.experiments.benchmark_tuning_so_far import TuningSoFar, tunings_so_far
from backend.search.seeds import race_seed, training_for_tuning_seed, tuning_seed
from backend.store import benchmarks, tunings
from backend.store.benchmarks import Phase
from backend.store.tables import Benchmark


@dataclass(frozen=True)
class _Due:
    """A training that is to be asked for: its number, its constants, the contender that they make, and its seed.

    A `fresh` one is on data drawn or divided anew.
    """

    number: int
    constants: dict[str, float]
    contender: ResolvedContender
    seed: int
    fresh: bool = False


# What batches ask for, by places of problem and contender and by batch, the race as one after the last: the same
# whoever works it out, and when, for all before it has ended.
Worked: TypeAlias = dict[tuple[int, int, int], list[_Due]]


def work_out(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> Worked:
    """Return what is due if all that was asked for has ended. It may take seconds, and locks nothing."""
    worked: Worked = {}
    _all_due(session, benchmark, resolved, worked)
    return worked


def go_on_tuning(
    session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, worked: Worked | None = None
) -> list[int]:
    """Ask for the next batch of every contender or, when all are tuned, for the first round of trials.

    Return the ids of the new evaluations. All that was asked for must have ended; the benchmark is new or locked.
    """
    new: list[int] = []
    known = {} if worked is None else worked
    # All of a batch may have been trained already, for a contender that does the same: then the next is due.
    while not new and (wanted := _all_due(session, benchmark, resolved, known)):
        new = [found for tuning, due in wanted for found in _ask(session, benchmark, resolved, tuning, due)]
    return new or _end(session, benchmark, resolved)


def trainings_for_tuning(resolved: ResolvedBenchmark) -> int:
    """Return how many trainings the tunings have in all, if none is shared."""
    return sum(each.trainings for each in tunable_contenders(resolved)) * len(resolved.declaration.problems)


def _all_due(
    session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, worked: Worked
) -> list[tuple[TuningSoFar, list[_Due]]]:
    found = [(each, _due(benchmark, resolved, each, worked)) for each in tunings_so_far(session, benchmark, resolved)]
    return [(tuning, due) for tuning, due in found if due]


def _end(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[int]:
    found = [_tuned_contender(resolved, each) for each in tunings_so_far(session, benchmark, resolved)]
    whole = resolved.model_copy(update={"tuned": tuple(found)})
    benchmark.configuration = whole.model_dump(mode="json")
    benchmarks.enter(session, benchmark, Phase.TRIALS)
    return ask_for_trials(session, benchmark, whole, first_round(whole))


def _due(benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: TuningSoFar, worked: Worked) -> list[_Due]:
    """Return the trainings of the first batch after the told ones in which one can be made; after all, the race's."""
    last = max((each.number for each in tuning.told), default=-1)
    batches = tuning.plan.batches
    later = [batch for batch, numbers in enumerate(batches) if numbers.start > last]
    for batch in later if tuning.raced else (*later, len(batches)):
        place = (tuning.problem_place, tuning.contender.place, batch)
        if place not in worked:
            is_race = batch == len(batches)
            found = _race(benchmark, resolved, tuning) if is_race else _makeable(benchmark, resolved, tuning, batch)
            worked[place] = found
        if worked[place]:
            return worked[place]
    return []


def _makeable(benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: TuningSoFar, batch: int) -> list[_Due]:
    """Return a batch without the constants that make no behaviour: they count as tried, but nothing is trained."""
    plan = tuning.plan
    seed = tuning_seed(benchmark.seed, tuning.contender.place, tuning.problem_place, batch)
    declared = resolved.declaration.tuning
    new_data = bool(declared and declared.new_data)
    wanted = asked(plan, tuning.contender.space, batch, tuning.told, seed)
    found = []
    for number, constants in zip(plan.batches[batch], wanted, strict=True):
        with suppress(*CANNOT_BE_MADE):
            made = _with(resolved, tuning, constants)
            found += [
                _Due(
                    number * plan.seeds + each,
                    constants,
                    made,
                    training_for_tuning_seed(benchmark.seed, each),
                    fresh=new_data and each > 0,
                )
                for each in range(plan.seeds)
            ]
    return found


def _race(benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: TuningSoFar) -> list[_Due]:
    """Return the race's trainings: the best constants in their order, each on all seeds."""
    race, first = tuning.plan.race, tuning.plan.first_of_race
    raced = best(tuning.told, tuning.plan.racing)
    if race is None or len(raced) < 2:
        return []
    declared = resolved.declaration.tuning
    fresh = bool(declared and declared.race and declared.race.new_data)
    made = [_with(resolved, tuning, told.constants) for told in raced]
    return [
        _Due(
            first + place * race.trainings + each,
            dict(told.constants),
            made[place],
            race_seed(benchmark.seed, each),
            fresh,
        )
        for place, told in enumerate(raced)
        for each in range(race.trainings)
    ]


def _with(resolved: ResolvedBenchmark, tuning: TuningSoFar, constants: Mapping[str, float]) -> ResolvedContender:
    place, declared = tuning.contender.place, resolved.declaration
    epochs = (declared.tuning.epochs if declared.tuning else None) or declared.protocol.epochs
    return contender_with(resolved.members[place], resolved.contenders[place], constants, epochs)


def _ask(
    session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, tuning: TuningSoFar, due: list[_Due]
) -> list[int]:
    new = []
    for each in due:
        specification = tuning_specification(
            resolved.declaration, each.contender, tuning.problem, seed=each.seed, fresh=each.fresh
        )
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


def _tuned_contender(resolved: ResolvedBenchmark, tuning: TuningSoFar) -> TunedContender:
    found, place = tuning.result(resolved), tuning.contender.place
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
