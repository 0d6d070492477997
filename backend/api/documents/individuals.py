"""Individuals as the API shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Field, JsonValue

from backend.api.documents.document import Document, Measure, with_example
from backend.api.documents.evaluations import EVALUATION_EXAMPLE, EvaluationDocument
from backend.experiments.program_portrait import ProgramPortrait, RatesAtLoss
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
    "rates_at_losses": None,
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


class RatesAtLossDocument(Document):
    """The learning rate of each epoch, if the loss were the same all the time."""

    loss: float
    rates: list[Measure]


class ProgramPortraitDocument(Document):
    """A schedule program: what its rate depends on, and how large it is."""

    reads: list[str] = Field(description="the variables that are left in the simplified program")
    nodes: int = Field(description="of the tree as it was bred")
    depth: int = Field(description="of its deepest node; the root is at depth 0")
    dead: int = Field(description="nodes of which nothing is left in the simplified program")
    left: int = Field(description="nodes of the simplified program")


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
        description="learning rate of each epoch; null: it gives no usable rates, reads a loss, or is an update rule"
    )
    rates_at_losses: list[RatesAtLossDocument] | None = Field(
        None, description="schedule programs that read a loss: their rates at a high, a middle and a low one"
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
        description="the functions (of a schedule program: the rate) whose simplified forms differ; empty: dead parts "
        "differ at most; null: schedules, whose rates say it"
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
            "program": None,
            "exports": ["keras"],
        }
    )

    parents: list[ParentDocument]
    genotype: JsonValue = Field(description="codons of each non-terminal, with rates that adapt; or symbols of a tree")
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
    program: ProgramPortraitDocument | None = Field(
        None, description="schedule programs: what it reads and how large it is; null: another kind"
    )
    exports: list[str] = Field(description="the formats that it can be exported in")


def individual_document(
    row: IndividualWithBehaviour, formula: str | None, at_losses: Sequence[RatesAtLoss] | None
) -> IndividualDocument:
    """Return an individual as lists show it; `formula` is an update rule's, `at_losses` a schedule program's rates."""
    return IndividualDocument(**summary_fields(row, formula, at_losses), parents=row.individual.parents)


def summary_fields(
    row: IndividualWithBehaviour, formula: str | None, at_losses: Sequence[RatesAtLoss] | None
) -> dict[str, Any]:
    """Return the fields that the list and the full reply share."""
    individual = row.individual
    made = {
        "rates": row.behaviour.content.get("rates") if row.behaviour else None,
        "rates_at_losses": rates_at_losses_documents(at_losses),
        "formula": formula,
    }
    names = (name for name in IndividualSummary.model_fields if name not in made)
    return {name: getattr(individual, name) for name in names} | made


def rates_at_losses_documents(found: Sequence[RatesAtLoss] | None) -> list[RatesAtLossDocument] | None:
    """Return a schedule program's rates at each loss; null for what has none."""
    return None if found is None else [RatesAtLossDocument(loss=each.loss, rates=list(each.rates)) for each in found]


def parent_document(parent: Individual, changes: Sequence[FunctionChange] | None) -> ParentDocument:
    """Return a parent; `changes` are the differences between it and a child of it, null for schedules."""
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


def program_portrait_document(shown: ProgramPortrait) -> ProgramPortraitDocument:
    """Return what a schedule program reads and how large it is."""
    return ProgramPortraitDocument(**{**asdict(shown), "reads": list(shown.reads)})
