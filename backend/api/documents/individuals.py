"""Individuals as the API shows them."""

from typing import Any, Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, with_example
from backend.api.documents.evaluations import EVALUATION_EXAMPLE, EvaluationDocument
from backend.store.lists import IndividualWithBehaviour

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
}


class IndividualSummary(Document):
    """What lists and the full reply both say of an individual."""

    id: int
    run_id: int
    generation: int
    index: int
    fitness: Measure
    reason: str | None = Field(description="why there is no fitness, once it is evaluated")
    evaluated: bool
    operator: Literal["create", "mutation", "crossover", "elite"]
    phenotype: str
    novelty: Literal["new", "seen_before", "cannot_train"] = Field(description="how it stood when it was bred")
    rates: list[Measure] | None = Field(description="learning rate of each epoch; null: it gives no usable rates")


class IndividualDocument(IndividualSummary):
    """A genotype's place in a generation, its phenotype, and what it reached."""

    model_config = with_example(_INDIVIDUAL)

    parents: list[int] = Field(description="indices in the generation before")


class ParentDocument(Document):
    """A parent, in short."""

    id: int
    generation: int
    index: int
    phenotype: str
    fitness: Measure


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
            "after_last_epoch": "It stays at 0.0011.",
        }
    )

    parents: list[ParentDocument]
    genotype: dict[str, list[int]] = Field(description="codons of each non-terminal")
    simplified: str = Field(description="the same schedule without its dead parts")
    latex: str = Field(description="the simplified schedule")
    mathml: str = Field(description="the simplified schedule")
    words: str = Field(description="its shape in words")
    behaviour_key: str | None
    behaviour_kind: str | None
    evaluations: list[EvaluationDocument]
    reproduce: str = Field(description="the command that makes this individual again")
    after_last_epoch: str = Field(description="what it would do after the last trained epoch, in words")


def individual_document(row: IndividualWithBehaviour) -> IndividualDocument:
    """Return an individual as lists show it."""
    return IndividualDocument(**summary_fields(row), parents=row.individual.parents)


def summary_fields(row: IndividualWithBehaviour) -> dict[str, Any]:
    """Return the fields that the list and the full reply share."""
    individual = row.individual
    names = (name for name in IndividualSummary.model_fields if name != "rates")
    fields = {name: getattr(individual, name) for name in names}
    return fields | {"rates": row.behaviour.content["rates"] if row.behaviour else None}
