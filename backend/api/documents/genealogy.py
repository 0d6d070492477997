"""An individual's line of descent as the API shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, with_example
from backend.api.documents.individuals import FunctionChangeDocument, RatesAtLossDocument, rates_at_losses_documents
from backend.experiments.lineage import Step, kept_in_words
from backend.experiments.program_portrait import RatesAtLoss
from backend.store.ancestry import Member

OperatorName = Literal["create", "seed", "mutation", "crossover", "copy", "elite"]


class AncestorDocument(Document):
    """An individual that a step begins with, in short."""

    id: int
    generation: int
    index: int
    fitness: Measure


class StepDocument(Document):
    """A form of the line: the individual that had it first, what that brought, and for how long it was kept."""

    model_config = with_example(
        {
            "id": 44,
            "generation": 2,
            "index": 3,
            "operator": "crossover",
            "fitness": 0.6125,
            "reason": None,
            "gain": 0.0325,
            "newest_generation": 5,
            "newest_id": 101,
            "kept": "generations 3 to 5: unchanged (3 copies)",
            "parent": {"id": 22, "generation": 1, "index": 1, "fitness": 0.58},
            "other_parent": {"id": 28, "generation": 1, "index": 7, "fitness": 0.55},
            "changes": [
                {
                    "function": "rate",
                    "pieces": [
                        {"text": "if_func(epoch < 12, 0.0506, ", "of": "both"},
                        {"text": "0.02", "of": "parent"},
                        {"text": "0.0011", "of": "child"},
                        {"text": ")", "of": "both"},
                    ],
                }
            ],
            "words": "In rate, 0.02 became 0.0011.",
            "rates": [0.0506, 0.0506, 0.0011],
            "rates_at_losses": None,
            "formula": None,
        }
    )

    id: int = Field(description="the first individual of the line that had this form")
    generation: int
    index: int
    operator: OperatorName = Field(description="what made it")
    fitness: Measure
    reason: str | None
    gain: Measure = Field(description="how much fitter than its parent on the line; null: one of them has no fitness")
    newest_generation: int = Field(description="until this generation the line did the same")
    newest_id: int
    kept: str = Field(description="how it was kept since, in words; empty: the next form came at once")
    parent: AncestorDocument | None = Field(description="the parent on the line: the one it shares more with")
    other_parent: AncestorDocument | None = Field(description="the second parent, which is off the line")
    changes: list[FunctionChangeDocument] = Field(description="what it has that its parent on the line had not")
    words: str = Field(description="the same in a sentence")
    rates: list[Measure] | None = Field(description="schedules: learning rate of each epoch")
    rates_at_losses: list[RatesAtLossDocument] | None = Field(
        None, description="schedule programs that read a loss: their rates at a high, a middle and a low one"
    )
    formula: str | None = Field(description="update rules: the simplified rule in MathML; null: a schedule")


def step_document(
    step: Step, content: Mapping[str, Any], formula: str | None, at_losses: Sequence[RatesAtLoss] | None
) -> StepDocument:
    """Return a step; `content` is that of its behaviour, empty where it has none."""
    form = step.form
    return StepDocument(
        **{name: getattr(form.member, name) for name in ("id", "generation", "operator", "fitness", "reason")},
        index=form.member.place,
        gain=step.gain,
        newest_generation=form.newest.generation,
        newest_id=form.newest.id,
        kept=kept_in_words(form),
        parent=_ancestor(form.parent),
        other_parent=_ancestor(form.other),
        changes=[FunctionChangeDocument(**asdict(change)) for change in step.changes],
        words=step.words,
        rates=content.get("rates"),
        rates_at_losses=rates_at_losses_documents(at_losses),
        formula=formula,
    )


def _ancestor(member: Member | None) -> AncestorDocument | None:
    if member is None:
        return None
    return AncestorDocument(id=member.id, generation=member.generation, index=member.place, fitness=member.fitness)
