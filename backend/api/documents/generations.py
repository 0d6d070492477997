"""Generations as the API shows them."""

from datetime import datetime

from pydantic import Field

from backend.api.documents.document import Document, Measure, moment, with_example
from backend.store.tables import Generation


class SpreadDocument(Document):
    """A count over a generation's individuals."""

    lower_quartile: float
    median: float
    upper_quartile: float
    largest: int


class ExtentsDocument(Document):
    """How large a generation's phenotypes are, dead parts included."""

    nodes: SpreadDocument
    depth: SpreadDocument = Field(description="of the deepest node; the root is at depth 0")


class GenerationDocument(Document):
    """One generation in numbers; fitness values count only the individuals that have one."""

    model_config = with_example(
        {
            "number": 3,
            "completed_at": "2026-01-05T10:00:12Z",
            "best": 0.6125,
            "median": 0.53,
            "lower_quartile": 0.41,
            "upper_quartile": 0.57,
            "mean": 0.487,
            "invalid_share": 0.05,
            "population": 20,
            "new": 9,
            "seen_before": 10,
            "cannot_train": 0,
            "failed": {"nan": 1},
            "distinct_behaviours": 14,
            "extents": {
                "nodes": {"lower_quartile": 5, "median": 9, "upper_quartile": 17.5, "largest": 41},
                "depth": {"lower_quartile": 2, "median": 3, "upper_quartile": 4, "largest": 8},
            },
            "digest": "9f2b6c0d7e4a58c1d0a3f5b7c9e1d3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7",
        }
    )

    number: int
    completed_at: datetime
    best: Measure
    median: Measure
    lower_quartile: Measure
    upper_quartile: Measure
    mean: Measure
    invalid_share: float = Field(description="share of the population without a fitness")
    population: int
    new: int = Field(description="individuals whose behaviour was new to the run")
    seen_before: int = Field(description="individuals whose behaviour the run had already met")
    cannot_train: int = Field(description="individuals whose phenotype provably learns nothing")
    failed: dict[str, int] = Field(description="individuals whose training failed, by reason")
    distinct_behaviours: int
    extents: ExtentsDocument | None = Field(None, description="null: completed before this was kept")
    digest: str


def generation_document(row: Generation) -> GenerationDocument:
    """Return a complete generation as the API shows it."""
    assert row.summary is not None  # a complete generation has all three
    assert row.completed_at is not None
    assert row.digest is not None
    return GenerationDocument(
        number=row.number, completed_at=moment(row.completed_at), digest=row.digest, **row.summary
    )
