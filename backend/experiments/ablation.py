"""What each part of an individual's update rule is good for: the rule without it, trained as the individual was.

The trainings are ordinary evaluations of the run, asked for by requests of their own: they are no part of evolution,
which neither waits for them nor counts them, and they go on when the run has ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import fmean, stdev
from typing import Literal

from sqlalchemy.orm import Session

from backend.experiments.design import design_of
from backend.experiments.errors import NotFound, WrongState
from backend.experiments.settle import evaluation_of
from backend.export.simplified_rule import simplified
from backend.phenotypes import ablation as parts
from backend.phenotypes.ablation import Variant
from backend.phenotypes.update_rule import UpdateRule
from backend.problems.specification import EvaluationSpecification
from backend.search.seeds import evaluation_seed
from backend.store import behaviours, experiments, individuals, lists, requests, runs
from backend.store.evaluations import UNDER_WAY, EvaluationState
from backend.store.requests import Requester
from backend.store.tables import Behaviour as StoredBehaviour
from backend.store.tables import Evaluation, Individual, Run

# Trainings on each fold, with other initial weights: chance alone changes a fitness, and this shows by how much.
REPETITIONS = 3

_REASONS = {
    "nan": "the loss was no number",
    "diverged": "the loss grew without bound",
    "timeout": "no progress for too long",
    "lost": "the worker was lost",
    "error": "an error",
}

State = Literal["none", "running", "finished", "cancelled"]


@dataclass(frozen=True)
class VariantStanding:
    """A variant and its scores, in the order of the rule's own; those that are not known, or failed, are None.

    `change` is the mean of the differences to the rule's own scores on the same fold with the same seed, `spread` their
    standard deviation; None while not all is trained, and where a training failed, which `reason` then says.
    """

    variant: Variant
    state: State
    scores: tuple[float | None, ...]
    change: float | None
    spread: float | None
    reason: str | None


@dataclass(frozen=True)
class Ablation:
    """How far an ablation is: `done` of `total` trainings; the rule's own scores, and the variants' standings."""

    state: State
    done: int
    total: int
    own: tuple[float | None, ...]
    variants: tuple[VariantStanding, ...]


def request_ablation(session: Session, individual_id: int) -> list[int]:
    """Ask for all trainings of an individual's ablation; return the ids of those that have to be sent.

    Raises NotFound, and WrongState for an individual that is no update rule, was never trained, or failed.
    """
    individual = individuals.get(session, individual_id)
    run = None if individual is None else runs.lock(session, individual.run_id)
    if individual is None or run is None:
        raise NotFound("individual", individual_id)
    trained = _trained(session, run, individual)
    # Asked for again is only what was cancelled meanwhile.
    asked = {evaluation.id for evaluation in requests.of_ablation(session, individual.id)}
    to_send = []
    for behaviour in _behaviours(session, individual):
        for specification in _as_trained(trained, behaviour, run.seed):
            evaluation, is_due = evaluation_of(session, run, behaviour, specification)
            if evaluation.id not in asked:
                requests.add(session, evaluation, Requester(run.id, requests.ABLATION, individual_id=individual.id))
            if is_due:
                to_send.append(evaluation.id)
    return to_send


def ablation(session: Session, individual: Individual) -> Ablation:
    """Return how far the ablation of an individual is."""
    known = requests.of_ablation(session, individual.id)
    if not known or individual.behaviour_id is None:
        return Ablation("none", 0, 0, (), ())
    ids = {key: behaviour_id for behaviour_id, key in behaviours.keys(session, {e.behaviour_id for e in known}).items()}
    trainings = {(each.behaviour_id, *_seeded(each)): each for each in known}
    places = sorted(_seeded(each) for each in known if each.behaviour_id == individual.behaviour_id)
    own = [trainings[individual.behaviour_id, *place] for place in places]
    standings = [
        _standing(variant, [trainings.get((ids.get(_key(variant), 0), *place)) for place in places], own)
        for variant in _variants(individual.phenotype)
    ]
    return Ablation(
        state=_state(known),
        done=sum(evaluation.state == EvaluationState.FINISHED for evaluation in known),
        total=len(known),
        own=tuple(evaluation.score for evaluation in own),
        variants=tuple(standings),
    )


def _trained(session: Session, run: Run, individual: Individual) -> Sequence[EvaluationSpecification]:
    """Return what the individual was trained with, a specification for each fold and repetition."""
    design = design_of(experiments.of_run(session, run))
    if not isinstance(design.evolved.read(individual.phenotype), UpdateRule):
        raise WrongState(f"Individual {individual.id} is no update rule: only these have terms to be taken out.")
    own = [each for each in lists.evaluations_of(session, individual) if each.state == EvaluationState.FINISHED]
    if individual.fitness is None or not own:
        raise WrongState(
            f"Individual {individual.id} has no training that gave it a fitness here: there is nothing to compare with."
        )
    return [EvaluationSpecification.from_json(evaluation.specification) for evaluation in own]


def _behaviours(session: Session, individual: Individual) -> Iterator[StoredBehaviour]:
    """Yield what is to be trained: the rule itself, and each variant that can be."""
    assert individual.behaviour_id is not None, "what was trained has a behaviour"
    yield behaviours.get(session, individual.behaviour_id)
    for variant in _variants(individual.phenotype):
        made = variant.behaviour
        if made is not None:
            yield behaviours.get_or_add(session, key=made.key, kind=made.kind, content=made.content)


def _as_trained(
    trained: Sequence[EvaluationSpecification], behaviour: StoredBehaviour, run_seed: int
) -> Iterator[EvaluationSpecification]:
    """Yield the trainings of a behaviour: those of the individual, and further repetitions on the same folds."""
    known = {(each.fold, each.repetition): each for each in trained}
    for fold in sorted({each.fold for each in trained}):
        for repetition in sorted({*range(REPETITIONS), *(each.repetition for each in trained)}):
            like = known.get((fold, repetition)) or replace(
                next(each for each in trained if each.fold == fold),
                repetition=repetition,
                seed=evaluation_seed(run_seed, fold, repetition),
            )
            yield replace(like, behaviour_kind=behaviour.kind, behaviour_content=behaviour.content)


@lru_cache(maxsize=64)
def _variants(phenotype: str) -> tuple[Variant, ...]:
    """Return the variants of a rule: a page asks for the same ones again and again while they are trained."""
    return parts.ablation(simplified(UpdateRule.from_text(phenotype)))


def _key(variant: Variant) -> str:
    return "" if variant.behaviour is None else variant.behaviour.key


def _seeded(evaluation: Evaluation) -> tuple[int, int]:
    """Return what tells the trainings of a behaviour apart: fold and repetition."""
    return evaluation.fold, evaluation.specification.get("repetition", 0)


def _state(trainings: Sequence[Evaluation]) -> State:
    states = {each.state for each in trainings}
    if states & set(UNDER_WAY):
        return "running"
    return "cancelled" if EvaluationState.CANCELLED in states else "finished"


def _standing(variant: Variant, trainings: Sequence[Evaluation | None], own: Sequence[Evaluation]) -> VariantStanding:
    if variant.behaviour is None:
        return VariantStanding(variant, "finished", (), None, None, variant.reason)
    present = [each for each in trainings if each is not None]
    scores = tuple(None if each is None else each.score for each in trainings)
    state = "none" if len(present) < len(own) else _state([*present, *own])
    if state != "finished":
        return VariantStanding(variant, state, scores, None, None, None)
    differences = [
        a.score - b.score for a, b in zip(present, own, strict=True) if a.score is not None and b.score is not None
    ]
    if len(differences) < len(own):
        return VariantStanding(variant, state, scores, None, None, _failures(present, own))
    return VariantStanding(variant, state, scores, fmean(differences), stdev(differences), None)


def _failures(trainings: Sequence[Evaluation], own: Sequence[Evaluation]) -> str:
    """Say in a sentence what kept a variant from being compared."""
    failed = [each for each in trainings if each.score is None] or [each for each in own if each.score is None]
    whose = "its" if failed[0] in trainings else "the rule's own"
    count = f"All {len(own)} of {whose}" if len(failed) == len(own) else f"{len(failed)} of {whose} {len(own)}"
    reasons = " or ".join(sorted({_REASONS.get(str(each.reason), str(each.reason)) for each in failed}))
    return f"{count} trainings failed: {reasons}."
