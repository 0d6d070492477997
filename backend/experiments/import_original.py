"""Import from the original AutoLR: its runs become an experiment that can be looked at, continued and begun from.

Reading comes first and changes nothing; what was read is stored in one transaction. Nothing is trained and no
evaluation is invented: the scores are the original's, and stand on the individuals alone.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from backend.experiments.complete import complete
from backend.experiments.configuration import DRAWN_SEEDS
from backend.experiments.design import Design, design
from backend.experiments.imported import IMPORT
from backend.experiments.imported_order import ImportedOrder, imported_order, run_seed
from backend.experiments.populate import Novelty
from backend.expressions.errors import ExpressionError
from backend.originals.conversion import TakenIndividual
from backend.originals.files import OriginalFile
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.original import Original, read_original
from backend.originals.runs import OriginalRun
from backend.phenotypes.behaviour import Behaviour
from backend.phenotypes.schedule import CannotTrain
from backend.store import behaviours, experiments, generations, runs
from backend.store.runs import RunState
from backend.store.tables import Experiment, Individual, Run

_LONGEST_NAME = 200


@dataclass(frozen=True)
class ReadImport:
    """Files of the original, read and understood; `grammar` is the translated grammar in BNF."""

    original: Original
    order: ImportedOrder
    grammar: str | None
    not_taken_over: tuple[NotTakenOver, ...]
    # What each phenotype does, None where it cannot train.
    behaviours: dict[str, Behaviour | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to call the experiment."""
        named = self.original.parameters.name if self.original.parameters else None
        return _printable(named or "").strip()[:_LONGEST_NAME] or "imported from the original AutoLR"


def read_import(files: Iterable[OriginalFile]) -> ReadImport:
    """Return what the files say, with the behaviour of every phenotype; it takes a minute for tens of thousands.

    Raises UnreadableOriginal, with the file, the place in it and the reason.
    """
    original = read_original(files)
    order = imported_order(original)
    grammar = order.configuration.grammar if original.grammar else None
    notes = (*original.not_taken_over, *order.not_taken_over)
    found = ReadImport(original, order, grammar, tuple(map(_shown, notes)))
    if original.runs:
        made = design(order.configuration)
        for run in original.runs:
            for phenotype in {each.bred.phenotype for population in run.generations for each in population}:
                found.behaviours.setdefault(phenotype, _behaviour(made, phenotype))
    return found


def store_import(session: Session, read: ReadImport) -> tuple[Experiment, list[Run]]:
    """Store the runs as one experiment; ValueError if there are none."""
    if not read.original.runs or read.grammar is None:
        raise ValueError("There are no runs to store.")
    configuration = read.order.configuration
    made = design(configuration)
    seed = run_seed(read.original.seeds[0], secrets.randbelow(DRAWN_SEEDS))
    experiment = experiments.add(
        session,
        name=read.name,
        preset=None,
        configuration=configuration.model_dump(mode="json"),
        grammar_text=read.grammar,
        seed=seed,
        idempotency_key=None,
    )
    experiment.origin = _origin(read)
    ids = _behaviour_ids(session, read)
    stored = []
    for index, found in enumerate(read.original.runs):
        run = runs.add(
            session,
            experiment_id=experiment.id,
            index=index,
            seed=run_seed(read.original.seeds[index], seed + index),
            generations=made.parameters.generations,
        )
        _store_generations(session, made, run, found, ids)
        stored.append(run)
    return experiment, stored


def _shown(left: NotTakenOver) -> NotTakenOver:
    return NotTakenOver(_printable(left.file), left.line, _printable(left.key), _printable(left.why))


def _printable(text: str) -> str:
    """Return the text as a database and a page can hold it: names of files and settings may be anything."""
    return "".join(each if each.isprintable() else " " for each in text)


def _origin(read: ReadImport) -> dict[str, Any]:
    return {
        "kind": IMPORT,
        "files": list(map(_printable, read.original.files)),
        "not_taken_over": [asdict(each) for each in read.not_taken_over],
        # By the run's place in the experiment: how many of its generations the original made.
        "generations": [len(run.generations) for run in read.original.runs],
    }


def _behaviour(made: Design, phenotype: str) -> Behaviour | None:
    try:
        return made.evolved.behaviour(phenotype)
    except (CannotTrain, ExpressionError):
        return None


def _behaviour_ids(session: Session, read: ReadImport) -> dict[str, int | None]:
    """Store the behaviours; return their ids by phenotype, None for one that cannot train."""
    known = {each.key: {"kind": each.kind, "content": each.content} for each in read.behaviours.values() if each}
    ids = behaviours.ids_of(session, known)
    return {phenotype: ids[each.key] if each else None for phenotype, each in read.behaviours.items()}


def _store_generations(
    session: Session, made: Design, run: Run, found: OriginalRun, behaviour_ids: dict[str, int | None]
) -> None:
    met: set[int] = set()
    for number, population in enumerate(found.generations):
        run.generation = number
        generations.open_next(session, run.id, number)
        individuals = []
        for index, taken in enumerate(population):
            behaviour_id = behaviour_ids[taken.bred.phenotype]
            novelty = _novelty(behaviour_id, met)
            individuals.append(_individual(made, run, index, taken, behaviour_id, novelty))
        session.add_all(individuals)
        session.flush()
        complete(session, run, individuals)
    whole = len(found.generations) == run.generations
    runs.change_state(session, run, RunState.FINISHED if whole else RunState.STOPPED)


def _novelty(behaviour_id: int | None, met: set[int]) -> Novelty:
    if behaviour_id is None:
        return Novelty.CANNOT_TRAIN
    if behaviour_id in met:
        return Novelty.SEEN_BEFORE
    met.add(behaviour_id)
    return Novelty.NEW


def _individual(
    made: Design, run: Run, index: int, taken: TakenIndividual, behaviour_id: int | None, novelty: Novelty
) -> Individual:
    return Individual(
        run_id=run.id,
        generation=run.generation,
        index=index,
        genotype=made.representation.to_json(taken.bred.genotype),
        phenotype=taken.bred.phenotype,
        operator=str(taken.bred.operator),
        parents=list(taken.bred.parents),
        behaviour_id=behaviour_id,
        novelty=str(novelty),
        evaluated=True,
        fitness=taken.fitness,
        reason=taken.reason,
    )
