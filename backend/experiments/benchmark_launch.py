"""Launch a benchmark: resolve who takes part, check that it can be carried out, ask for the first round of trials."""

import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.benchmark_asking import ask_for_trials
from backend.experiments.benchmark_budget import share_out
from backend.experiments.benchmark_configuration import (
    BenchmarkConfiguration,
    BenchmarkOrder,
    ResolvedBenchmark,
)
from backend.experiments.benchmark_contenders import finalists_of, resolve_contenders
from backend.experiments.benchmark_phases import Tuning
from backend.experiments.benchmark_presets import resolve_benchmark
from backend.experiments.benchmark_trials import check_protocol, first_round
from backend.experiments.benchmark_tunables import check_tunables, tunable_contenders
from backend.experiments.benchmark_tuning import go_on_tuning
from backend.experiments.configuration import DRAWN_SEEDS, MOST_AT_ONCE
from backend.experiments.errors import FieldError, IdempotencyConflict, InvalidOrder
from backend.store import benchmarks, workers
from backend.store.benchmarks import Phase
from backend.store.lists import runs_of_individuals
from backend.store.tables import Benchmark


@dataclass(frozen=True)
class LaunchedBenchmark:
    """What was made, and the evaluations that have to be sent once the transaction is committed."""

    benchmark: Benchmark
    evaluation_ids: list[int]


def launch_benchmark(session: Session, order: BenchmarkOrder, idempotency_key: str | None = None) -> LaunchedBenchmark:
    """Make the ordered benchmark; `InvalidOrder` with every fault, and nothing stored, if it cannot be made.

    An order that comes again with the same key gives the benchmark that it gave the first time.
    """
    declared = resolve_benchmark(order)
    earlier = benchmarks.with_idempotency_key(session, idempotency_key) if idempotency_key else None
    if earlier is not None:
        return _repeated(earlier, order, declared)
    resolved = checked(session, declared)
    benchmark = benchmarks.add(
        session,
        name=_name(order),
        preset=order.preset,
        configuration=resolved.model_dump(mode="json"),
        seed=secrets.randbelow(DRAWN_SEEDS) if order.seed is None else order.seed,
        idempotency_key=idempotency_key,
        experiment_id=_searched(session, resolved),
    )
    return LaunchedBenchmark(benchmark, begin(session, benchmark, resolved))


def checked(session: Session, declared: BenchmarkConfiguration) -> ResolvedBenchmark:
    """Return the benchmark that is declared, with what its contenders do; `InvalidOrder` if it cannot be made."""
    check_protocol(declared)
    _check_that_it_fits_one_transaction(declared)
    _check_that_workers_can_load(session, declared)
    finalists = finalists_of(declared)
    contenders = share_out(session, declared, resolve_contenders(session, declared), finalists)
    resolved = ResolvedBenchmark(declaration=declared, contenders=contenders, finalists=finalists)
    check_tunables(resolved)
    return resolved


def begin(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> list[int]:
    """Give a benchmark that is new or locked its first phase; return the evaluations that have to be sent."""
    if tunable_contenders(resolved):
        benchmark.phase = Phase.TUNING
        return go_on_tuning(session, benchmark, resolved)
    return ask_for_trials(session, benchmark, resolved, first_round(resolved))


def _searched(session: Session, resolved: ResolvedBenchmark) -> int | None:
    """Return the experiment that all finalists were bred in; None if there is no such one."""
    bred = [resolved.contenders[place].individual_id for place in resolved.finalists]
    if not bred or None in bred:
        return None
    experiments = {row.experiment.id for row in runs_of_individuals(session, [each for each in bred if each])}
    return experiments.pop() if len(experiments) == 1 else None


def _repeated(earlier: Benchmark, order: BenchmarkOrder, declared: BenchmarkConfiguration) -> LaunchedBenchmark:
    seed = earlier.seed if order.seed is None else order.seed
    ordered = (order.preset, declared.model_dump(mode="json"), seed, _name(order))
    if ordered != (earlier.preset, earlier.configuration["declaration"], earlier.seed, earlier.name):
        raise IdempotencyConflict("This Idempotency-Key was used before, for another order. Use a new key.")
    return LaunchedBenchmark(earlier, [])


def _name(order: BenchmarkOrder) -> str:
    return order.name or order.preset or "benchmark"


def _check_that_it_fits_one_transaction(declared: BenchmarkConfiguration) -> None:
    contenders = sum(len(each.members) for each in declared.contenders)
    at_once = contenders * len(declared.problems) * declared.trials
    if declared.tuning is not None:
        _check_that_tuning_fits(declared.tuning, contenders * len(declared.problems))
    if at_once > MOST_AT_ONCE:
        detail = (
            f"is {declared.trials}: with {contenders} contenders on {len(declared.problems)} problems that makes "
            f"{at_once} trainings at once, and {MOST_AT_ONCE} are allowed"
        )
        raise InvalidOrder((FieldError("/overrides/trials", detail),))


def _check_that_tuning_fits(tuning: Tuning, tuned: int) -> None:
    sizes = {"by_chance": (tuning.by_chance + 1) * tuning.seeds, "batch": tuning.batch * tuning.seeds}
    if tuning.race is not None:
        sizes["race/trainings"] = tuning.race.best * tuning.race.trainings
    for field, size in sizes.items():
        if size * tuned > MOST_AT_ONCE:
            detail = f"makes {size * tuned} trainings at once, and {MOST_AT_ONCE} are allowed"
            raise InvalidOrder((FieldError(f"/overrides/tuning/{field}", detail),))


def _check_that_workers_can_load(session: Session, declared: BenchmarkConfiguration) -> None:
    """Refuse problems that no worker can load. Without workers nothing is known: the benchmark waits for one."""
    present = workers.alive(session)
    faults = []
    for place, problem in enumerate(declared.problems):
        reasons = {worker.problems.get(problem, "it does not know this problem") for worker in present}
        if present and None not in reasons:
            detail = f"no worker can load {problem}: {'; '.join(sorted(str(reason) for reason in reasons))}"
            faults.append(FieldError(f"/overrides/problems/{place}", detail))
    if faults:
        raise InvalidOrder(tuple(faults))
