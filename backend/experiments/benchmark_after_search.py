"""The benchmark that follows a search: checked and declared before the search begins, so that it cannot fail after."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import (
    BenchmarkConfiguration,
    BenchmarkOrder,
    ContenderOrder,
    ResolvedBenchmark,
)
from backend.experiments.benchmark_launch import checked
from backend.experiments.benchmark_phases import MOST_TRAININGS
from backend.experiments.benchmark_power import known_beforehand
from backend.experiments.benchmark_presets import resolve_benchmark
from backend.experiments.configuration import BenchmarkOfBest, Configuration
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.estimate import trainings_most
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.problems.catalogue import get_problem
from backend.store import benchmarks
from backend.store.benchmarks import BenchmarkState
from backend.store.tables import Benchmark, Experiment

_POINTER = "/overrides/benchmark"

# What holds the place of the best while nobody knows them: simple phenotypes of the kind that evolves.
_PLACEHOLDERS = {
    "schedule": "0.01",
    "schedule_program": "0.01",
    "update_rule": HUMAN_MADE_RULES["momentum"].rule().text,
}


def label_of(place: int) -> str:
    """Return what the table calls a finalist: by its rank, from 0, since ids would differ where seeds do not."""
    return f"evolved {place + 1}"


def declared_after(configuration: Configuration, runs: int = 1) -> BenchmarkConfiguration | None:
    """Return the benchmark that follows so many runs, with placeholders as finalists; None if none is wanted.

    `InvalidOrder`, its pointers into the experiment's order, if there is no such benchmark.
    """
    wanted = configuration.benchmark
    if wanted is None:
        return None
    _check_that_there_are_so_many(configuration, wanted)
    # At most so many: what is shared out for it is planned with this, and shared out by what the search really took.
    searched = min(trainings_most(configuration, runs), MOST_TRAININGS)
    finalists = tuple(
        ContenderOrder(
            label=label_of(place),
            phenotype=_PLACEHOLDERS[configuration.evolves],
            kind=configuration.evolves,
            searched=searched,
        )
        for place in range(wanted.best)
    )
    with _faults_in_the_experiment(wanted):
        return resolve_benchmark(BenchmarkOrder(preset=wanted.preset, overrides=wanted.overrides, finalists=finalists))


def benchmark_after(session: Session, configuration: Configuration, runs: int = 1) -> ResolvedBenchmark | None:
    """Return the same with what its contenders do.

    `InvalidOrder` as well if it could not be carried out with phenotypes of the kind that evolves.
    """
    declared = declared_after(configuration, runs)
    if configuration.benchmark is None or declared is None:
        return None
    with _faults_in_the_experiment(configuration.benchmark):
        resolved = checked(session, declared)
    _check_that_losses_are_measured(configuration, resolved)
    return resolved


def warnings_of(configuration: Configuration, afterwards: ResolvedBenchmark | None) -> Iterator[str]:
    """Yield what a person may not have meant: the benchmark trains otherwise than the search, or can show nothing."""
    if afterwards is None:
        return
    searched, tried = configuration.training, afterwards.declaration.protocol
    for name in ("epochs", "batch_size"):
        ours, theirs = getattr(searched, name), getattr(tried, name)
        if ours != theirs:
            yield f"The search trains with {name.replace('_', ' ')} {ours:,}, the benchmark after it with {theirs:,}."
    if configuration.problem not in afterwards.declaration.problems:
        problems = ", ".join(afterwards.declaration.problems)
        yield f"The search is on {configuration.problem}, the benchmark after it on {problems}."
    yield from known_beforehand(afterwards)


def wait_for_search(session: Session, experiment: Experiment, resolved: ResolvedBenchmark) -> Benchmark:
    """Store the benchmark that begins when the runs of a new experiment have ended."""
    wanted = experiment.configuration["benchmark"]
    unknown = {"source": "holds the place of the best of the runs that it waits for"}
    contenders = tuple(
        each.model_copy(update=unknown) if place in resolved.finalists else each
        for place, each in enumerate(resolved.contenders)
    )
    return benchmarks.add(
        session,
        name=experiment.name,
        preset=wanted["preset"],
        configuration=resolved.model_copy(update={"contenders": contenders}).model_dump(mode="json"),
        # Its trials draw from another purpose of the same seed than evaluations do: the same seed, the same benchmark.
        seed=experiment.seed,
        idempotency_key=None,
        state=BenchmarkState.WAITING,
        experiment_id=experiment.id,
    )


def _check_that_there_are_so_many(configuration: Configuration, wanted: BenchmarkOfBest) -> None:
    population = configuration.search.population_size
    if wanted.best > population:
        detail = f"is {wanted.best}, but the population has only {population} individuals"
        raise InvalidOrder((FieldError(f"{_POINTER}/best", detail),))


@contextmanager
def _faults_in_the_experiment(wanted: BenchmarkOfBest) -> Iterator[None]:
    try:
        yield
    except InvalidOrder as error:
        raise InvalidOrder(tuple(_in_the_experiment(wanted, fault) for fault in error.errors)) from None


def _in_the_experiment(wanted: BenchmarkOfBest, fault: FieldError) -> FieldError:
    """Let a fault of the benchmark point at what the experiment's order says of it."""
    _, first, *rest = fault.pointer.split("/")
    if first == "overrides" and rest and rest[0] in wanted.overrides:
        # Contenders are counted with the finalists before them, which the order does not have.
        path = rest[:1] if rest[0] == "contenders" else rest
        return FieldError("/".join([_POINTER, first, *path]), fault.detail)
    field = rest[-1] if first == "overrides" and rest else ""
    return FieldError(f"{_POINTER}/preset", f"{field}: {fault.detail}" if field.isalpha() else fault.detail)


def _check_that_losses_are_measured(configuration: Configuration, resolved: ResolvedBenchmark) -> None:
    """Refuse problems without validation where programs that read its loss may evolve."""
    if configuration.evolves != "schedule_program" or configuration.training.val_loss == "dead":
        return
    for name in resolved.declaration.problems:
        if get_problem(name).parts.validation == 0:
            detail = f"trains on {name}, which has no validation part, but schedule programs may read its loss"
            raise InvalidOrder((FieldError(f"{_POINTER}/preset", detail),))
