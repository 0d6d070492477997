"""How far each contender's tuning on each problem has come: from the rows of its trainings to what they say."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.benchmarks.tuned import Spent, Tuned, tuned
from backend.benchmarks.tuning import Plan, Race, Raced, Told, mean_or_none
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_phases import Tuning
from backend.experiments.benchmark_tunables import TunableContender, tunable_contenders
from backend.store import tunings
from backend.store.evaluations import EvaluationState
from backend.store.tables import Benchmark
from backend.store.tunings import TuningRow


@dataclass(frozen=True)
class TuningSoFar:
    """One contender's tuning on one problem (its place in the declaration), as far as it has come.

    Trainings are numbered: `plan.seeds` of the first constants, then of the next, and the race's after all of them.
    """

    problem: str
    problem_place: int
    contender: TunableContender
    plan: Plan
    rows: tuple[TuningRow, ...]

    @property
    def told(self) -> tuple[Told, ...]:
        """The constants that were tried before the race."""
        tried: defaultdict[int, list[TuningRow]] = defaultdict(list)
        for row in self.rows:
            if row.number < self.plan.first_of_race:
                tried[row.number // self.plan.seeds].append(row)
        return tuple(
            Told(number, rows[0].constants, mean_or_none([row.score for row in rows])) for number, rows in tried.items()
        )

    @property
    def raced(self) -> tuple[Raced, ...]:
        """The constants of the race, best of the tried ones first."""
        if self.plan.race is None:
            return ()
        found: defaultdict[int, list[TuningRow]] = defaultdict(list)
        for row in self.rows:
            if row.number >= self.plan.first_of_race:
                found[(row.number - self.plan.first_of_race) // self.plan.race.trainings].append(row)
        return tuple(Raced(rows[0].constants, tuple(row.score for row in rows)) for rows in found.values())

    def result(self, resolved: ResolvedBenchmark) -> Tuned:
        """What it has come to."""
        declared, place = resolved.declaration.tuning, self.contender.place
        assert declared is not None
        return tuned(
            self.problem,
            place,
            resolved.contenders[place].label,
            self.contender.space,
            self.told,
            self.raced,
            spent=Spent(
                trainings=len(self.rows),
                failed=sum(row.score is None for row in self.rows),
                seeds_of_race=self.plan.race.trainings if self.plan.race else 0,
            ),
            part=declared.score,
        )


def tunings_so_far(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[TuningSoFar]:
    """Return every tuning of the benchmark, problem by problem."""
    tuning = resolved.declaration.tuning
    if tuning is None:
        return []
    rows: defaultdict[tuple[str, int], list[TuningRow]] = defaultdict(list)
    for row in tunings.of_benchmark(session, benchmark.id):
        if row.state == EvaluationState.FINISHED:
            rows[row.problem, row.contender].append(row)
    contenders = tunable_contenders(resolved)
    return [
        TuningSoFar(
            problem, place, contender, plan_of(tuning, contender.trainings), tuple(rows[problem, contender.place])
        )
        for place, problem in enumerate(resolved.declaration.problems)
        for contender in contenders
    ]


def tuned_of(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> tuple[Tuned, ...]:
    """Return what the tunings have come to so far."""
    return tuple(each.result(resolved) for each in tunings_so_far(session, benchmark, resolved) if each.rows)


def plan_of(tuning: Tuning, trainings: int) -> Plan:
    """Return how a contender with so many trainings is tuned."""
    race = Race(tuning.race.best, tuning.race.trainings) if tuning.race else None
    return Plan(trainings, tuning.by_chance, tuning.batch, tuning.seeds, race)
