"""Individuals as the API shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, with_example
from backend.api.documents.evaluations import EVALUATION_EXAMPLE, EvaluationDocument
from backend.experiments.rule_changes import FunctionChange
from backend.experiments.rule_portrait import RulePortrait
from backend.store.lists import IndividualWithBehaviour
from backend.store.tables import Individual

_INDIVIDUAL = {
    "id": 44,
    "run_id": 1,
    "generation": 2,
    "index": 3,
    "fitness": 0.6125,
    "reason": None,
    "evaluated": True,
    "operator": "crossover",
    "parents": [1, 7],
    "phenotype": "if_func(epoch < 12, 0.0506, 0.0011)",
    "novelty": "new",
    "rates": [0.0506, 0.0506, 0.0011],
    "formula": None,
}


FunctionName = Literal["x", "y", "z", "weight", "rate"]
StateName = Literal["x", "y", "z"]


class FormulaDocument(Document):
    """What one function of an update rule subtracts, in three notations."""

    text: str
    latex: str
    mathml: str


class RawPieceDocument(Document):
    """A piece of a phenotype's text; a dead one could be anything without a consequence."""

    text: str
    dead: bool


class RulePortraitDocument(Document):
    """An update rule, function by function: each says what is subtracted from its state, or from the weight."""

    x: FormulaDocument | None = Field(description="simplified; null: this state is not needed")
    y: FormulaDocument | None = Field(description="simplified; null: this state is not needed")
    z: FormulaDocument | None = Field(description="simplified; null: this state is not needed")
    weight: FormulaDocument
    live_states: list[StateName] = Field(description="the states that are kept from step to step")
    raw: list[RawPieceDocument] = Field(description="the canonical text of the phenotype as evolved, in pieces")


class IndividualSummary(Document):
    """What lists and the full reply both say of an individual."""

    id: int
    run_id: int
    generation: int
    index: int
    fitness: Measure
    reason: str | None = Field(description="why there is no fitness, once it is evaluated")
    evaluated: bool
    operator: Literal["create", "seed", "mutation", "crossover", "copy", "elite"]
    phenotype: str
    novelty: Literal["new", "seen_before", "cannot_train"] = Field(description="how it stood when it was bred")
    rates: list[Measure] | None = Field(
        description="schedules: learning rate of each epoch; null: it gives no usable rates, or is an update rule"
    )
    formula: str | None = Field(description="update rules: the simplified rule in MathML; null: a schedule")


class IndividualDocument(IndividualSummary):
    """A genotype's place in a generation, its phenotype, and what it reached."""

    model_config = with_example(_INDIVIDUAL)

    parents: list[int] = Field(description="indices in the generation before")


class PieceDocument(Document):
    """A piece of a difference: text, and in which of the two it stands."""

    text: str
    of: Literal["both", "parent", "child"]


class FunctionChangeDocument(Document):
    """A function that is not the parent's, as one text with the pieces of both."""

    function: FunctionName = Field(description="a function of an update rule, or the rate of a schedule")
    pieces: list[PieceDocument]


class ParentDocument(Document):
    """A parent, in short."""

    id: int
    generation: int
    index: int
    phenotype: str
    fitness: Measure
    changes: list[FunctionChangeDocument] | None = Field(
        description="update rules: the functions whose simplified forms differ; empty: dead parts differ at most"
    )


class IndividualDetail(IndividualSummary):
    """An individual: what it is, why it is good, how to use it."""

    model_config = with_example(
        {
            **_INDIVIDUAL,
            "parents": [
                {
                    "id": 22,
                    "generation": 1,
                    "index": 1,
                    "phenotype": "if_func(epoch < 12, 0.0506, 0.02)",
                    "fitness": 0.58,
                    "changes": None,
                }
            ],
            "genotype": {"expr": [0, 1, 1], "lr_const": [50, 1]},
            "simplified": "if_func(epoch < 12, 0.0506, 0.0011)",
            "latex": r"\begin{cases}0.0506 & \text{if } epoch < 12\\0.0011 & \text{otherwise}\end{cases}",
            "mathml": "<math><mn>0.0506</mn></math>",
            "words": "0.0506 until epoch 11, then 0.0011.",
            "behaviour_key": "3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a",
            "behaviour_kind": "rate_vector",
            "evaluations": [EVALUATION_EXAMPLE],
            "reproduce": "autolr run quickstart --seed 7",
            "cannot_train": None,
            "after_last_epoch": "It stays at 0.0011.",
            "rule": None,
            "exports": ["keras"],
        }
    )

    parents: list[ParentDocument]
    genotype: dict[str, list[int]] = Field(description="codons of each non-terminal")
    simplified: str = Field(description="the same phenotype without its dead parts, as people read it")
    latex: str = Field(description="the simplified phenotype; of an update rule, what states and weight become")
    mathml: str = Field(description="the simplified phenotype; of an update rule, what states and weight become")
    words: str = Field(description="schedules: the shape; update rules: the nearest known one, states, dead parts")
    cannot_train: str | None = Field(description="why it can learn nothing, in a sentence; null: it can be trained")
    behaviour_key: str | None
    behaviour_kind: str | None
    evaluations: list[EvaluationDocument]
    reproduce: str | None = Field(description="the command that makes this individual again; null: imported")
    after_last_epoch: str | None = Field(
        description="schedules: what it would do after the last trained epoch, in words; null: an update rule"
    )
    rule: RulePortraitDocument | None = Field(description="update rules: function by function; null: a schedule")
    exports: list[str] = Field(description="the formats that it can be exported in")


def individual_document(row: IndividualWithBehaviour, formula: str | None) -> IndividualDocument:
    """Return an individual as lists show it; `formula` is that of an update rule."""
    return IndividualDocument(**summary_fields(row, formula), parents=row.individual.parents)


def summary_fields(row: IndividualWithBehaviour, formula: str | None) -> dict[str, Any]:
    """Return the fields that the list and the full reply share."""
    individual = row.individual
    names = (name for name in IndividualSummary.model_fields if name not in ("rates", "formula"))
    fields = {name: getattr(individual, name) for name in names}
    return fields | {"rates": row.behaviour.content.get("rates") if row.behaviour else None, "formula": formula}


def parent_document(parent: Individual, changes: Sequence[FunctionChange] | None) -> ParentDocument:
    """Return a parent; `changes` are the differences between it and a child of it where both are update rules."""
    return ParentDocument(
        id=parent.id,
        generation=parent.generation,
        index=parent.index,
        phenotype=parent.phenotype,
        fitness=parent.fitness,
        changes=None if changes is None else [FunctionChangeDocument(**asdict(change)) for change in changes],
    )


def rule_portrait_document(shown: RulePortrait) -> RulePortraitDocument:
    """Return an update rule, function by function."""
    functions = {name: formula and FormulaDocument(**asdict(formula)) for name, formula in shown.functions.items()}
    return RulePortraitDocument(
        **functions,
        live_states=list(shown.live_states),
        raw=[RawPieceDocument(**asdict(piece)) for piece in shown.raw],
    )
