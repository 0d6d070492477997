"""Launch an experiment: check the order, store experiment and runs, breed generation 0, ask for its evaluations."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.benchmark_after_search import benchmark_after, wait_for_search
from backend.experiments.configuration import DRAWN_SEEDS, MOST_AT_ONCE, Configuration, Order
from backend.experiments.design import Design, design
from backend.experiments.errors import FieldError, IdempotencyConflict, InvalidOrder
from backend.experiments.populate import populate
from backend.experiments.presets import resolve
from backend.experiments.representations import text_of_grammar
from backend.experiments.seeding import planted
from backend.experiments.settle import settle_baseline
from backend.experiments.time_limit import seconds_allowed
from backend.experiments.transfer import Transferred, as_ordered, transferred
from backend.search.engine import first_population
from backend.store import experiments, runs, workers
from backend.store.tables import Experiment, Run


@dataclass(frozen=True)
class Launched:
    """What was made, and the evaluations that have to be sent once the transaction is committed."""

    experiment: Experiment
    runs: Sequence[Run]
    evaluation_ids: list[int]


def launch(session: Session, order: Order, idempotency_key: str | None = None) -> Launched:
    """Make the ordered experiment; `InvalidOrder` with every fault, and nothing stored, if it cannot be made.

    An order that comes again with the same key gives the experiment that it gave the first time.
    """
    configuration = resolve(order)
    earlier = experiments.with_idempotency_key(session, idempotency_key) if idempotency_key else None
    if earlier is not None:
        return _repeated(session, earlier, order, configuration)
    _check_that_it_fits_one_transaction(order, configuration)
    transfer = transferred(session, configuration)
    with transfer.faults_as_ordered():
        return _launched(session, order, transfer, idempotency_key)


def _launched(session: Session, order: Order, transfer: Transferred, idempotency_key: str | None) -> Launched:
    configuration = transfer.configuration
    made = design(configuration)
    _check_that_workers_can_load(session, made)
    afterwards = benchmark_after(session, configuration, order.runs)
    experiment = experiments.add(
        session,
        name=_name(order, configuration),
        preset=order.preset,
        configuration=configuration.model_dump(mode="json"),
        grammar_text=text_of_grammar(configuration),
        seed=secrets.randbelow(DRAWN_SEEDS) if order.seed is None else order.seed,
        idempotency_key=idempotency_key,
        origin=transfer.origin,
    )
    if afterwards is not None:
        wait_for_search(session, experiment, afterwards)
    begun = [_begin(session, made, experiment, index) for index in range(order.runs)]
    return Launched(experiment, [run for run, _ in begun], [new for _, ids in begun for new in ids])


def _begin(session: Session, made: Design, experiment: Experiment, index: int) -> tuple[Run, list[int]]:
    """Store a run with generation 0 and its baselines beside it."""
    run = runs.add(
        session,
        experiment_id=experiment.id,
        index=index,
        seed=experiment.seed + index,
        generations=made.parameters.generations,
        seconds=seconds_allowed(experiment),
    )
    # Baselines first: they are what the first generation is held against.
    new = [to_send for label in made.evolved.baselines for to_send in settle_baseline(session, made, run, label)]
    seeds = planted(made.configuration, made.representation)
    population = first_population(made.representation, made.parameters, run.seed, seeds)
    return run, new + populate(session, made, run, population)


def _repeated(session: Session, earlier: Experiment, order: Order, configuration: Configuration) -> Launched:
    made = runs.of_experiment(session, earlier.id)
    seed = earlier.seed if order.seed is None else order.seed
    ordered = (order.preset, configuration.model_dump(mode="json"), order.runs, seed, _name(order, configuration))
    if ordered != (earlier.preset, as_ordered(earlier), len(made), earlier.seed, earlier.name):
        raise IdempotencyConflict("This Idempotency-Key was used before, for another order. Use a new key.")
    return Launched(earlier, made, [])


def _name(order: Order, configuration: Configuration) -> str:
    evolves = configuration.evolves.replace("_", " ")
    return order.name or order.preset or f"{evolves} on {configuration.problem}"


def _check_that_it_fits_one_transaction(order: Order, configuration: Configuration) -> None:
    individuals = order.runs * configuration.search.population_size
    if individuals > MOST_AT_ONCE:
        detail = (
            f"is {order.runs}: with {configuration.search.population_size} individuals a generation that makes "
            f"{individuals} at once, and {MOST_AT_ONCE} are allowed; launch several experiments with seeds in a row"
        )
        raise InvalidOrder((FieldError("/runs", detail),))


def _check_that_workers_can_load(session: Session, made: Design) -> None:
    """Refuse a problem that no worker can load. Without workers nothing is known: the run waits for one."""
    present = workers.alive(session)
    reasons = {worker.problems.get(made.problem.name, "it does not know this problem") for worker in present}
    if present and None not in reasons:
        detail = f"no worker can load {made.problem.name}: {'; '.join(sorted(str(reason) for reason in reasons))}"
        raise InvalidOrder((FieldError("/overrides/problem", detail),))
