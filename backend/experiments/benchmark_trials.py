"""From a declaration to trainings: what each contender does in each trial, on which seed and which data."""

from dataclasses import dataclass

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark, ResolvedContender
from backend.experiments.errors import FieldError, InvalidOrder
from backend.problems.catalogue import UnknownProblem, get_problem
from backend.problems.problem import Parts, Problem, most_to_share
from backend.problems.specification import EvaluationSpecification, Keep, ScoredPart
from backend.search.seeds import trial_seed

# On new data a contender has so many trials before the next has its: workers that begin them at once each draw other
# data. If the contenders of one trial came one after the other, all would draw the same.
_SIDE_BY_SIDE = 8


@dataclass(frozen=True)
class Trial:
    """One training of a contender (its place) on a problem: the number-th of a round."""

    contender: int
    problem: str
    round: int
    number: int


def trials_of_round(benchmark: ResolvedBenchmark, round_number: int, contenders: frozenset[int]) -> tuple[Trial, ...]:
    """Return the trials of a round; one of each contender in turn, or a few, so that all are about as far."""
    declared = benchmark.declaration
    count = declared.trials
    if round_number > 0:
        count = declared.confirmation.trials if declared.confirmation else 0
    in_turn = _SIDE_BY_SIDE if _is_on_new_data(declared, round_number) else 1
    return tuple(
        Trial(contender, problem, round_number, number)
        for first in range(0, count, in_turn)
        for problem in declared.problems
        for contender in sorted(contenders)
        for number in range(first, min(first + in_turn, count))
    )


def first_round(benchmark: ResolvedBenchmark) -> tuple[Trial, ...]:
    """Return the trials of the first round, in which everybody takes part."""
    return trials_of_round(benchmark, 0, frozenset(range(len(benchmark.contenders))))


def specification_of(benchmark: ResolvedBenchmark, seed: int, trial: Trial) -> EvaluationSpecification:
    """Return the evaluation of a trial. Its seed is common to all contenders: they are paired."""
    declared, contender = benchmark.declaration, benchmark.contender_on(trial.problem, trial.contender)
    own_seed = trial_seed(seed, trial.round, trial.number)
    problem = get_problem(trial.problem)
    return _specification(
        declared,
        contender,
        problem,
        seed=own_seed,
        data_seed=own_seed if _is_on_new_data(declared, trial.round) else None,
        scored_part=scored_part(declared, problem),
        keep=_kept(declared, problem),
        epochs=declared.protocol.epochs,
    )


def tuning_specification(
    declared: BenchmarkConfiguration, contender: ResolvedContender, problem: str, *, seed: int, fresh: bool = False
) -> EvaluationSpecification:
    """Return the evaluation of a training for tuning: the weights of the best validation epoch, scored as declared.

    The data of a `fresh` one are drawn or divided anew, unless test samples could get among them.
    """
    tuning, found = declared.tuning, get_problem(problem)
    assert tuning is not None
    return _specification(
        declared,
        contender,
        found,
        seed=seed,
        data_seed=seed if fresh and not found.cuts_test_from_pool else None,
        scored_part=tuning.score,
        keep="best_accuracy",
        epochs=tuning.epochs or declared.protocol.epochs,
    )


def _is_on_new_data(declared: BenchmarkConfiguration, round_number: int) -> bool:
    confirmation = declared.confirmation if round_number > 0 else None
    return confirmation.new_data if confirmation else declared.protocol.new_data


def check_protocol(declared: BenchmarkConfiguration) -> None:
    """Raise `InvalidOrder` with all that does not fit the problems: unknown ones, parts that they do not have."""
    faults = [fault for place, name in enumerate(declared.problems) for fault in _faults(declared, place, name)]
    if faults:
        raise InvalidOrder(tuple(faults))


def scored_part(declared: BenchmarkConfiguration, problem: Problem) -> ScoredPart:
    """Return the part that trials are scored on: as declared, else test, or fitness where there is no test part."""
    return declared.protocol.scored or ("test" if problem.parts.test else "fitness")


def _specification(
    declared: BenchmarkConfiguration,
    contender: ResolvedContender,
    problem: Problem,
    *,
    seed: int,
    data_seed: int | None,
    scored_part: ScoredPart,
    keep: Keep,
    epochs: int,
) -> EvaluationSpecification:
    return EvaluationSpecification(
        behaviour_kind=contender.kind,
        behaviour_content=contender.content,
        problem=problem.name,
        parts=_parts(declared, problem),
        folds=1,
        fold=0,
        seed=seed,
        epochs=epochs,
        batch_size=declared.protocol.batch_size,
        patience=declared.protocol.patience,
        optimizer=contender.optimizer,
        scored_part=scored_part,
        keep=keep,
        data_seed=data_seed,
    )


def _parts(declared: BenchmarkConfiguration, problem: Problem) -> Parts:
    """Return the sizes of the parts; where training or validation part is larger than its own, no fitness part is left.

    That is how the published tests are done: what was evolved may train on what it was selected by, since the test
    part is another ([DLR], [ALR]).
    """
    own, protocol = problem.parts, declared.protocol
    train, validation = protocol.train or own.train, protocol.validation or own.validation
    share_the_rest = train > own.train or validation > own.validation
    return Parts(train=train, validation=validation, fitness=0 if share_the_rest else own.fitness, test=own.test)


def _kept(declared: BenchmarkConfiguration, problem: Problem) -> Keep:
    return declared.protocol.keep or ("best_accuracy" if problem.parts.validation else "last")


def _faults(declared: BenchmarkConfiguration, place: int, name: str) -> list[FieldError]:
    try:
        problem = get_problem(name)
    except UnknownProblem as error:
        return [FieldError(f"/overrides/problems/{place}", str(error))]
    return _faults_of_sizes(declared, problem) or _faults_of_reading(declared, problem)


def _faults_of_sizes(declared: BenchmarkConfiguration, problem: Problem) -> list[FieldError]:
    wanted, own = _parts(declared, problem), problem.parts
    if not wanted.share_the_rest:
        return []
    sizes = {"train": (wanted.train, own.train), "validation": (wanted.validation, own.validation)}
    larger = {part: both for part, both in sizes.items() if both[0] > both[1]}
    if _reads_fitness(declared, problem):
        return [
            FieldError(
                f"/overrides/protocol/{part}",
                f"is {size}, but {problem.name} has only {most}; more are to be had where nothing is scored on fitness",
            )
            for part, (size, most) in larger.items()
        ]
    shared, most = wanted.train + wanted.validation, most_to_share(problem)
    if shared <= most:
        return []
    detail = f"makes {shared} samples to train on and to validate with, but {problem.name} has only {most} for both"
    return [FieldError(f"/overrides/protocol/{part}", detail) for part in larger]


def _reads_fitness(declared: BenchmarkConfiguration, problem: Problem) -> bool:
    tuned_on_it = declared.tuning is not None and declared.tuning.score == "fitness"
    return tuned_on_it or scored_part(declared, problem) == "fitness"


def _faults_of_reading(declared: BenchmarkConfiguration, problem: Problem) -> list[FieldError]:
    protocol, faults = declared.protocol, []
    train = protocol.train or problem.parts.train
    if protocol.batch_size > train:
        detail = f"is {protocol.batch_size}, but there are only {train} training samples of {problem.name}"
        faults.append(FieldError("/overrides/protocol/batch_size", detail))
    if problem.parts.validation == 0:
        without = f"{problem.name} has no validation part"
        if declared.tuning is not None:
            faults.append(FieldError("/overrides/tuning", f"has nothing to go by: {without}"))
        if protocol.patience is not None:
            faults.append(FieldError("/overrides/protocol/patience", f"is {protocol.patience}, but {without}"))
        if protocol.keep not in (None, "last"):
            faults.append(FieldError("/overrides/protocol/keep", f"is {protocol.keep!r}, but {without}"))
    if getattr(problem.parts, scored_part(declared, problem)) == 0:
        detail = f"is {protocol.scored!r}, but {problem.name} has no such part"
        faults.append(FieldError("/overrides/protocol/scored", detail))
    if protocol.new_data and _reads_fitness(declared, problem) and problem.cuts_test_from_pool:
        detail = f"would mix test samples of {problem.name} into its other parts"
        faults.append(FieldError("/overrides/protocol/new_data", detail))
    return faults
