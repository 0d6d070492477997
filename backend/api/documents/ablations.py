"""The ablation of an update rule as the API shows it."""

from typing import Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, with_example
from backend.experiments.ablation import Ablation, VariantStanding
from backend.phenotypes.rule_notation import rule_to_mathml

StateName = Literal["none", "running", "finished", "cancelled"]


class VariantDocument(Document):
    """The rule without one of its parts."""

    words: str = Field(description="what is gone")
    formula: str = Field(description="what is left, in MathML")
    phenotype: str = Field(description="what is left, as text")
    state: StateName
    scores: list[Measure] = Field(description="in the order of the rule's own; null: not known yet, or failed")
    change: Measure = Field(description="mean difference to the rule's own scores on the same folds and seeds")
    spread: Measure = Field(description="standard deviation of these differences")
    reason: str | None = Field(description="why there is no change: it cannot train at all, or a training failed")


class AblationDocument(Document):
    """What each part of an update rule is good for: the rule without it, trained as the individual was."""

    model_config = with_example(
        {
            "state": "finished",
            "done": 6,
            "total": 6,
            "own": [0.6125, 0.605, 0.61],
            "variants": [
                {
                    "words": "x not kept from step to step",
                    "formula": "<math><mi>g</mi></math>",
                    "phenotype": "x = 0; y = 0; z = 0; weight = multiply(0.01, g)",
                    "state": "finished",
                    "scores": [0.5325, 0.53, 0.5475],
                    "change": -0.0725,
                    "spread": 0.0087,
                    "reason": None,
                }
            ],
        }
    )

    state: StateName = Field(description="none: nobody has asked for it")
    done: int = Field(description="trainings that have ended")
    total: int = Field(description="trainings that were asked for, the rule's own repetitions among them")
    own: list[Measure] = Field(description="the rule's own scores, by fold and repetition")
    variants: list[VariantDocument]


def ablation_document(found: Ablation) -> AblationDocument:
    """Return how far an ablation is."""
    return AblationDocument(
        state=found.state,
        done=found.done,
        total=found.total,
        own=list(found.own),
        variants=[_variant(standing) for standing in found.variants],
    )


def _variant(standing: VariantStanding) -> VariantDocument:
    return VariantDocument(
        words=standing.variant.words,
        formula=rule_to_mathml(standing.variant.rule),
        phenotype=standing.variant.rule.text,
        state=standing.state,
        scores=list(standing.scores),
        change=standing.change,
        spread=standing.spread,
        reason=standing.reason,
    )
