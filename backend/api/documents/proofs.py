"""Proofs of exports as the API shows them."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, Page, moment_or_none, with_example
from backend.experiments.request_proof import ProofStanding

FormatName = Literal["keras", "torch", "optax"]


class ProofOrder(Document):
    """Which export is to be proven."""

    model_config = with_example({"format": "torch"})

    format: FormatName


class ProofDocument(Document):
    """What came of running an export beside our own arithmetic, on the same numbers."""

    model_config = with_example(
        {
            "format": "torch",
            "state": "finished",
            "outcome": "proven",
            "text": "Proven with PyTorch 2.9.0: largest difference after 50 updates 1.2e-07, relative 9.8e-08.",
            "absolute": 1.2e-07,
            "relative": 9.8e-08,
            "steps": 50,
            "elements": 17,
            "version": "PyTorch 2.9.0",
            "seconds": 2.4,
            "finished_at": "2026-01-05T10:00:11Z",
        }
    )

    format: FormatName
    state: Literal["none", "pending", "running", "finished"] = Field(description="none: nobody has asked for it")
    outcome: Literal["proven", "wrong", "not_proven"] | None = Field(
        description="not_proven: it could not be run here; asked for again, it is tried again"
    )
    text: str | None = Field(description="the outcome in one sentence")
    absolute: Measure = Field(description="largest difference of the numbers compared")
    relative: Measure = Field(description="the same as a share of the largest size of that number so far")
    steps: int | None = Field(description="updates, or of a schedule epochs, that were compared")
    elements: int | None = Field(description="numbers compared after each of them")
    version: str | None = Field(description="the library's")
    seconds: Measure
    finished_at: datetime | None


def proof_list(standings: list[ProofStanding]) -> Page[ProofDocument]:
    """Return how the proofs of an individual's exports stand, one for each format: a list of one page."""
    return Page(items=[_proof(standing) for standing in standings], next_page_token=None)


def _proof(standing: ProofStanding) -> ProofDocument:
    proof, result = standing.proof, standing.result
    names = ("outcome", "text", "absolute", "relative", "steps", "elements", "version", "seconds")
    return ProofDocument(
        format=standing.format,
        state=proof.state if proof else "none",
        finished_at=moment_or_none(proof.finished_at if proof else None),
        **{name: getattr(result, name, None) for name in names},
    )
