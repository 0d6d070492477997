"""Complete a generation that is evaluated: its digest, its summary, and the run's best so far."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from backend.experiments.summary import summarise
from backend.search.digest import generation_digest
from backend.store import behaviours, generations
from backend.store.tables import Individual, Run


def complete(session: Session, run: Run, population: Sequence[Individual]) -> None:
    """Give the generation its digest and summary, unless it has them already, and the run its best so far."""
    generation = generations.get_one(session, run.id, run.generation)
    if generation.completed_at is not None:
        return
    before = generations.digest_before(session, run.id, run.generation)
    keys = behaviour_keys(session, population)
    records = [_record(individual, key) for individual, key in zip(population, keys, strict=True)]
    run.digest = generation_digest(before, records)
    best = max(population, key=lambda individual: (_rank(individual.fitness), -individual.index))
    if best.fitness is not None and (run.best_fitness is None or best.fitness > run.best_fitness):
        run.best_fitness, run.best_individual_id = best.fitness, best.id
    generations.complete(session, generation, run.digest, asdict(summarise(population)))


def behaviour_keys(session: Session, population: Sequence[Individual]) -> list[str | None]:
    """Return the key of each individual's behaviour; None for one that cannot be trained."""
    keys = behaviours.keys(session, {i.behaviour_id for i in population if i.behaviour_id is not None})
    return [None if each.behaviour_id is None else keys[each.behaviour_id] for each in population]


def _record(individual: Individual, behaviour_key: str | None) -> dict[str, object]:
    """Return what the digest covers: nothing that depends on when, where or how often something was trained."""
    return {
        "genotype": individual.genotype,
        "phenotype": individual.phenotype,
        "behaviour": behaviour_key,
        "parents": individual.parents,
        "operator": individual.operator,
        "fitness": individual.fitness,
        "reason": individual.reason,
    }


def _rank(fitness: float | None) -> float:
    return float("-inf") if fitness is None else fitness
