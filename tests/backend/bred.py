"""A stored run as long as one likes: populations of made-up individuals, each told by its parents."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from backend.experiments.configuration import Configuration
from backend.store import experiments, runs
from backend.store.database import Database
from backend.store.tables import Behaviour, Individual


@dataclass(frozen=True)
class Made:
    """What a test says of an individual; two of one phenotype behave the same."""

    phenotype: str
    operator: str = "create"
    parents: tuple[int, ...] = ()
    fitness: float | None = 0.5


def store(database: Database, generations: Sequence[Sequence[Made]]) -> list[list[int]]:
    """Store a run of these generations; return the ids of its individuals."""
    configuration = Configuration().model_dump(mode="json")
    with database.write() as session:
        experiment = experiments.add(
            session, name="made", preset=None, configuration=configuration, grammar_text="<start> ::= 0.1", seed=1,
            idempotency_key=None,
        )  # fmt: skip
        run = runs.add(session, experiment_id=experiment.id, index=0, seed=1, generations=len(generations))
        texts = dict.fromkeys(made.phenotype for population in generations for made in population)
        session.execute(
            insert(Behaviour), [{"key": _key(text), "kind": "rate_vector", "content": {}} for text in texts]
        )
        known = dict(session.execute(select(Behaviour.key, Behaviour.id)).all())
        rows = [
            _row(run.id, number, index, made, known[_key(made.phenotype)])
            for number, population in enumerate(generations)
            for index, made in enumerate(population)
        ]
        session.execute(insert(Individual), rows)
        found = select(Individual.id).where(Individual.run_id == run.id)
        ids = iter(session.scalars(found.order_by(Individual.generation, Individual.index)))
        return [[next(ids) for _ in population] for population in generations]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _row(run_id: int, generation: int, index: int, made: Made, behaviour_id: int) -> dict[str, object]:
    return {
        "run_id": run_id, "generation": generation, "index": index, "genotype": {}, "phenotype": made.phenotype,
        "operator": made.operator, "parents": list(made.parents), "behaviour_id": behaviour_id, "novelty": "new",
        "evaluated": True, "fitness": made.fitness, "reason": None,
    }  # fmt: skip
