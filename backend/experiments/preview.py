"""What an order would mean before anything is started: cost, differences, sample individuals, warnings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from backend.experiments.benchmark_after_search import benchmark_after, warnings_of
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_estimate import estimate_of, stages_of
from backend.experiments.benchmark_presets import load_benchmark_preset
from backend.experiments.configuration import Configuration, Order
from backend.experiments.design import Design, design
from backend.experiments.differences import Difference, differences
from backend.experiments.estimate import Estimate, estimate, trainings_most
from backend.experiments.portrait import Portrait, portrait
from backend.experiments.presets import load_preset, resolve
from backend.experiments.program_portrait import RatesAtLoss, program_of, rates_at_losses
from backend.experiments.rule_portrait import short_formula
from backend.experiments.seeding import moved_numbers, planted
from backend.experiments.transfer import transferred
from backend.grammar.notes import Notes
from backend.phenotypes.program_behaviour import known_rates
from backend.phenotypes.schedule import CannotTrain
from backend.search.engine import first_population
from backend.store import workers

SAMPLES = 6
# Shown while no seed is chosen: the samples stay while other fields are edited.
SEED_OF_SAMPLES = 0
DAY = 86_400


@dataclass(frozen=True)
class Sample:
    """An individual that generation 0 would begin with.

    Schedules have `rates`, None where they cannot train; rules have a `formula`, in MathML; schedule programs that read
    a loss have rates at several.
    """

    phenotype: str
    rates: tuple[float, ...] | None
    formula: str | None
    portrait: Portrait
    rates_at_losses: tuple[RatesAtLoss, ...] | None = None


@dataclass(frozen=True)
class Preview:
    """What an order means."""

    configuration: Configuration
    trainings_most: int
    estimate: Estimate
    differences: tuple[Difference, ...]
    samples: tuple[Sample, ...]
    warnings: tuple[str, ...]
    # Those of the benchmark that follows, at most; None where none does.
    benchmark_trainings: int | None
    # None as well where there is nothing to estimate it from.
    benchmark_seconds: float | None


def preview(session: Session, order: Order) -> Preview:
    """Return what the order means; `InvalidOrder` with every fault. Nothing is stored."""
    transfer = transferred(session, resolve(order))
    with transfer.faults_as_ordered():
        return _preview(session, order, transfer.configuration)


def _preview(session: Session, order: Order, configuration: Configuration) -> Preview:
    made = design(configuration)
    preset = load_preset(order.preset) if order.preset else None
    samples = _samples(made, SEED_OF_SAMPLES if order.seed is None else order.seed)
    expected = estimate(session, made, preset, order.runs)
    afterwards = benchmark_after(session, configuration, order.runs)
    return Preview(
        configuration=configuration,
        trainings_most=trainings_most(configuration, order.runs),
        estimate=expected,
        differences=differences(preset.configuration if preset else Configuration(), configuration),
        samples=samples,
        warnings=(*_warnings(session, made, samples, expected), *warnings_of(configuration, afterwards)),
        benchmark_trainings=None if afterwards is None else sum(stage.trainings for stage in stages_of(afterwards)),
        benchmark_seconds=_seconds_afterwards(session, configuration, afterwards),
    )


def _seconds_afterwards(
    session: Session, configuration: Configuration, afterwards: ResolvedBenchmark | None
) -> float | None:
    if configuration.benchmark is None or afterwards is None:
        return None
    name = configuration.benchmark.preset
    return estimate_of(session, afterwards, load_benchmark_preset(name) if name else None).seconds


def _samples(made: Design, seed: int) -> tuple[Sample, ...]:
    """Return the first individuals of the run of that seed, of those that are planted and of those that are drawn.

    Each is drawn by itself, so a few cost little.
    """
    seeds = planted(made.configuration, made.representation)
    size = min(len(seeds) + SAMPLES, made.parameters.population_size)
    few = replace(made.parameters, population_size=size, tournament_size=1, elitism=0)
    population = first_population(made.representation, few, seed, seeds)
    shown = (*population[: len(seeds)][:SAMPLES], *population[len(seeds) :])
    return tuple(_sample(made, bred.phenotype) for bred in shown)


def _sample(made: Design, phenotype: str) -> Sample:
    if made.configuration.evolves == "update_rule":
        return Sample(phenotype, None, short_formula(phenotype), portrait(made, phenotype))
    if made.configuration.evolves == "schedule_program":
        return _sample_of_programs(made, phenotype)
    try:
        rates = made.schedule(phenotype).rates(made.configuration.training.epochs)
    except CannotTrain:
        rates = None
    return Sample(phenotype, rates, None, portrait(made, phenotype))


def _sample_of_programs(made: Design, phenotype: str) -> Sample:
    program = program_of(made, phenotype)
    assert program is not None  # the design is one of programs
    at_losses = rates_at_losses(made, phenotype)
    rates = known_rates(program) if at_losses is None else None
    return Sample(phenotype, rates, None, portrait(made, phenotype), at_losses)


def _warnings(session: Session, made: Design, samples: tuple[Sample, ...], expected: Estimate) -> Iterator[str]:
    yield from _of_workers(session, made)
    yield from _of_search(made)
    yield from moved_numbers(made.configuration, made.representation)
    if expected.seconds is not None and expected.seconds > DAY:
        yield f"At this pace it takes up to {expected.seconds / DAY:.3g} days."
    if all(sample.portrait.cannot_train for sample in samples):
        yield f"None of the samples can train. The first one: {samples[0].portrait.cannot_train}"


def _of_workers(session: Session, made: Design) -> Iterator[str]:
    present = workers.alive(session)
    reasons = [worker.problems.get(made.problem.name, "it does not know this problem") for worker in present]
    if not present:
        yield "No worker is present: the runs wait for one."
    elif None not in reasons:
        yield f"No worker present can load {made.problem.name}: {reasons[0]}"


def _of_search(made: Design) -> Iterator[str]:
    search, training = made.configuration.search, made.configuration.training
    if search.elitism == search.population_size:
        yield "The whole population is elite: after generation 0 nothing new is bred."
    elif search.mutation_rate == 0 and search.crossover_rate == 0:
        yield "Neither mutation nor crossover: after generation 0 nothing new is bred."
    if made.configuration.evolves == "schedule" and made.grammar is not None:
        yield from _of_counting(made.grammar.notes, training.first_epoch)


def _of_counting(notes: Notes, first_epoch: int) -> Iterator[str]:
    if notes.title and notes.first_epoch != first_epoch:
        yield (
            f"{notes.title} was published for epochs counted from {notes.first_epoch}; "
            f"here they are counted from {first_epoch}."
        )
