"""What a run saved, as the API shows it."""

from pydantic import Field

from backend.api.documents.document import Document, Measure
from backend.experiments.savings import Savings

SAVINGS_EXAMPLE = {
    "every_individual": 68,
    "text_cache": 61,
    "trained": 37,
    "share": 0.456,
    "share_of_text_cache": 0.103,
}


class SavingsDocument(Document):
    """What training each behaviour once saves; individuals that cannot be trained are in none of the numbers."""

    every_individual: int = Field(description="trainings, had every individual been trained on the folds it was given")
    text_cache: int = Field(description="trainings, had each text been trained once")
    trained: int = Field(description="trainings of each behaviour once: what was done, or is waited for")
    share: Measure = Field(description="saved against training every individual, 0 to 1; null: nothing to train yet")
    share_of_text_cache: Measure = Field(description="what a cache of texts would have saved of the same")


def savings_document(saved: Savings) -> SavingsDocument:
    """Return what a run saved."""
    return SavingsDocument(**{name: getattr(saved, name) for name in SavingsDocument.model_fields})
