"""A run at a glance: what it is doing, how far it is, how good its best is; for the API, the pages and the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from sqlalchemy.orm import Session

from backend.experiments.configuration import Configuration
from backend.experiments.design import fitness_rule
from backend.experiments.imported import Imported, imported
from backend.problems.fitness_rule import Final
from backend.store import benchmarks
from backend.store.benchmarks import Standing
from backend.store.lists import RunInExperiment
from backend.store.run_summaries import RunFacts, clock, facts_of
from backend.store.runs import RunState
from backend.store.tables import Experiment, Run

# The pace is that of the last few generations: behaviours known already make later ones cheaper than the first.
GENERATIONS_OF_THE_PACE = 5


@dataclass(frozen=True)
class BaselineStanding:
    """What a human-made phenotype reached under the run's protocol; its fitness is None until it is known."""

    name: str
    fitness: float | None
    state: str


@dataclass(frozen=True)
class RunOverview:
    """A run in the numbers that are asked for first. Times are seconds since the epoch, durations seconds."""

    id: int
    experiment_id: int
    experiment_name: str
    name: str
    preset: str | None
    configuration: Configuration
    seed: int
    state: str
    message: str | None
    generation: int
    generations: int
    progress: float
    seconds_left: float | None
    seconds: float
    best_fitness: float | None
    best_individual_id: int | None
    baselines: tuple[BaselineStanding, ...]
    trainings: int
    trainings_saved: int
    trainings_failed: int
    trainings_taken_over: int
    generations_since_improvement: int
    digest: str | None
    created_at: float
    finished_at: float | None
    # The best so far, after each complete generation.
    fitness_by_generation: tuple[float | None, ...]
    # Of a run that was imported: how many generations another program made, and what was left behind.
    imported: Imported | None
    # Those that compare the best of its experiment.
    benchmarks: tuple[Standing, ...]

    @property
    def baseline(self) -> BaselineStanding | None:
        """The best baseline as far as they are known, the first one while none is; None where there are none."""
        known = [each for each in self.baselines if each.fitness is not None]
        return max(known, key=lambda each: each.fitness or 0.0) if known else next(iter(self.baselines), None)

    @property
    def grammar(self) -> str:
        """The grammar's name, or words where its text was given or trees need none."""
        given = self.configuration.grammar
        if given is None:
            return "expression trees"
        return "own grammar" if "::=" in given else given


def overviews(session: Session, rows: Sequence[RunInExperiment]) -> list[RunOverview]:
    """Return the overviews of the runs, in their order."""
    facts = facts_of(session, [row.run for row in rows])
    time = clock(session)
    compared = benchmarks.of_experiments(session, {row.experiment.id for row in rows})
    return [_overview(row.run, row.experiment, facts[row.run.id], compared, time) for row in rows]


def _overview(
    run: Run, experiment: Experiment, facts: RunFacts, compared: Sequence[Standing], time: float
) -> RunOverview:
    configuration = Configuration.model_validate(experiment.configuration)
    from_elsewhere = imported(experiment, run)
    best_so_far = _best_so_far(facts)
    return RunOverview(
        id=run.id,
        experiment_id=experiment.id,
        experiment_name=experiment.name,
        name=experiment.name if facts.siblings == 1 else f"{experiment.name} #{run.index + 1}",
        preset=experiment.preset,
        configuration=configuration,
        seed=run.seed,
        state=run.state,
        message=run.message,
        generation=run.generation,
        generations=run.generations,
        progress=_progress(run, facts),
        seconds_left=_seconds_left(run, facts, time),
        seconds=max(0.0, (run.finished_at or time) - run.created_at),
        best_fitness=run.best_fitness,
        best_individual_id=run.best_individual_id,
        baselines=_baselines(configuration, facts),
        trainings=facts.trainings,
        trainings_saved=_saved(configuration, facts, from_elsewhere),
        trainings_failed=facts.trainings_failed,
        trainings_taken_over=facts.trainings_taken_over,
        generations_since_improvement=_since_improvement(best_so_far),
        digest=run.digest,
        created_at=run.created_at,
        finished_at=run.finished_at,
        fitness_by_generation=best_so_far,
        imported=from_elsewhere,
        benchmarks=tuple(each for each in compared if each.experiment_id == experiment.id),
    )


def _saved(configuration: Configuration, facts: RunFacts, from_elsewhere: Imported | None) -> int:
    """Return how many individuals needed no training: none where each is trained with seeds of its own."""
    if configuration.fitness.seeds == "per_individual":
        return 0
    return facts.trainings_saved - _seen_elsewhere(facts, from_elsewhere)


def _seen_elsewhere(facts: RunFacts, from_elsewhere: Imported | None) -> int:
    """Return how many individuals repeat a behaviour in generations that were imported: that saved nothing here."""
    last = from_elsewhere.generations if from_elsewhere else 0
    return sum(generation.seen_before for generation in facts.generations if generation.number < last)


def _share_of_generation(facts: RunFacts) -> float:
    return facts.evaluated / facts.population if facts.population else 0.0


def _progress(run: Run, facts: RunFacts) -> float:
    """Return the share of all individuals that are evaluated, 0 to 1."""
    return min(1.0, (run.generation + _share_of_generation(facts)) / run.generations)


def _seconds_left(run: Run, facts: RunFacts, time: float) -> float | None:
    """Return how long it takes at the pace of the last generations; None if there is none yet or nothing is left."""
    state = RunState(run.state)
    if state not in (RunState.RUNNING, RunState.STOPPING):
        return None
    last = run.generation + 1 if state is RunState.STOPPING else run.generations
    pace = _seconds_a_generation(facts, time)
    return None if pace is None else max(0.0, pace * (last - run.generation - _share_of_generation(facts)))


def _seconds_a_generation(facts: RunFacts, time: float) -> float | None:
    recent = facts.generations[-GENERATIONS_OF_THE_PACE:]
    if recent:
        # The median: a night for which the program was off says nothing about the pace.
        return median(generation.ended_at - generation.began_at for generation in recent)
    if not facts.evaluated or facts.generation_began_at is None:
        return None
    return (time - facts.generation_began_at) / _share_of_generation(facts)


def _best_so_far(facts: RunFacts) -> tuple[float | None, ...]:
    return tuple(accumulate((generation.best for generation in facts.generations), _better))


def _better(one: float | None, other: float | None) -> float | None:
    known = [fitness for fitness in (one, other) if fitness is not None]
    return max(known, default=None)


def _since_improvement(best_so_far: Sequence[float | None]) -> int:
    """Return how many complete generations came after the one that found the best."""
    return len(best_so_far) - 1 - best_so_far.index(best_so_far[-1]) if best_so_far else 0


def _baselines(configuration: Configuration, facts: RunFacts) -> tuple[BaselineStanding, ...]:
    labels = dict.fromkeys(evaluation.label for evaluation in facts.baselines)
    return tuple(_standing(configuration, facts, label) for label in labels)


def _standing(configuration: Configuration, facts: RunFacts, label: str) -> BaselineStanding:
    folds = [evaluation for evaluation in facts.baselines if evaluation.label == label]
    unfinished = [fold.state for fold in folds if fold.state != "finished"]
    if unfinished:
        return BaselineStanding(label, None, unfinished[0])
    step = fitness_rule(configuration).next([fold.score for fold in folds])
    if isinstance(step, Final):
        return BaselineStanding(label, step.fitness, "finished")
    return BaselineStanding(label, None, "pending")
