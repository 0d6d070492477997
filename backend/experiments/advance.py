"""Advance a run: when its generation is evaluated, complete it and breed the next one, or end the run."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from backend.dispatch.sender import Sender
from backend.experiments.complete import behaviour_keys, complete
from backend.experiments.design import Design, design_of
from backend.experiments.populate import populate
from backend.experiments.time_limit import heed_time_limit
from backend.search.engine import Individual as Bred
from backend.search.engine import Operator, breed
from backend.store import evaluations, experiments, individuals, runs
from backend.store.database import Database
from backend.store.runs import RunState
from backend.store.tables import Individual, Run

# Reasons that speak of the machine, not of the individual.
FAULTS_OF_THE_MACHINE = {"error", "lost", "timeout"}


class Advanced(NamedTuple):
    """What a step did: the ids of evaluations that have to be sent, and whether it bred a generation."""

    to_send: list[int]
    bred: bool


def advance_run(database: Database, sender: Sender, run_id: int) -> int:
    """Advance a run as far as it can be; return how many evaluations were sent.

    Not in the transactions that recorded results: two last finishers would each see the other unfinished, and nobody
    would advance. A generation whose behaviours are all known is evaluated when it is bred: then the next one is due.
    """
    sent = 0
    while True:
        with database.write() as session:
            step = advance(session, run_id)
        sender.send(step.to_send)
        sent += len(step.to_send)
        if not step.bred:
            return sent


def advance(session: Session, run_id: int) -> Advanced:
    """Complete the generation if it is evaluated, and breed the next one or end the run.

    Any process may call it at any time, any number at once: the run's row is locked first, and who comes second finds
    nothing due.
    """
    run = runs.lock(session, run_id)
    if run is None or not runs.is_active(run):
        return Advanced([], bred=False)
    heed_time_limit(session, run)
    if individuals.count_unevaluated(session, run.id, run.generation):
        return Advanced([], bred=False)
    design = design_of(experiments.of_run(session, run))
    population = individuals.of_generation(session, run.id, run.generation)
    complete(session, run, population)
    if (ending := _ending(run, population)) is None:
        return Advanced(_breed_next(session, design, run, population), bred=True)
    # Baselines are no part of evolution, but an ended run has them all.
    if evaluations.count_under_way(session, run.id) == 0 or ending is RunState.FAILED:
        _end(session, run, ending, population)
    return Advanced([], bred=False)


def _ending(run: Run, population: Sequence[Individual]) -> RunState | None:
    """Return the state in which the run ends with this generation, or None if it goes on."""
    if all(individual.reason in FAULTS_OF_THE_MACHINE for individual in population):
        return RunState.FAILED
    if run.generation + 1 == run.generations:
        return RunState.FINISHED
    return RunState.STOPPED if run.state == RunState.STOPPING else None


def _end(session: Session, run: Run, ending: RunState, population: Sequence[Individual]) -> None:
    if ending is not RunState.FAILED:
        runs.change_state(session, run, ending, run.message if ending is RunState.STOPPED else None)
        return
    evaluations.cancel_all(session, run.id)
    message = evaluations.any_message(session, run.id) or "The workers gave no reason."
    reasons = ", ".join(sorted({str(individual.reason) for individual in population}))
    runs.change_state(
        session,
        run,
        ending,
        f"None of the {len(population)} individuals of generation {run.generation} could be trained ({reasons}). "
        f"The first worker that failed says: {message}",
    )


def _breed_next(session: Session, design: Design, run: Run, population: Sequence[Individual]) -> list[int]:
    parents = [_as_bred(design, individual) for individual in population]
    fitness = [individual.fitness for individual in population]
    run.generation += 1
    children = breed(
        design.representation,
        design.parameters,
        run.seed,
        run.generation,
        parents,
        fitness,
        behaviour_keys(session, population),
    )
    return populate(session, design, run, children)


def _as_bred(design: Design, individual: Individual) -> Bred[Any]:
    return Bred(
        genotype=design.representation.from_json(individual.genotype),
        phenotype=individual.phenotype,
        operator=Operator(individual.operator),
        parents=tuple(individual.parents),
    )
