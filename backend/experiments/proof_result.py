"""What came of a proof, as it is stored with the export."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from backend.export.proof import Proof

Outcome = Literal["proven", "wrong", "not_proven"]


@dataclass(frozen=True)
class ProofResult:
    """The outcome, and one sentence that says it all.

    `absolute` and `relative` are the largest differences between the exported code's numbers and our own, `elements` of
    them after each of `steps`; None where the code was not run to its end. `version` is the library's.
    """

    outcome: Outcome
    text: str
    steps: int
    elements: int
    absolute: float | None
    relative: float | None
    version: str | None
    seconds: float

    @classmethod
    def of(cls, proof: Proof, format_name: str, seconds: float) -> "ProofResult":
        """Return the result of a proof that took so many seconds."""
        difference = proof.difference
        hint = f", or name a Python that has it in the setting python_for_{format_name}." * proof.library_is_missing
        return cls(
            outcome="not_proven" if difference is None else "proven" if difference.agrees else "wrong",
            text=proof.text + hint,
            steps=proof.steps,
            elements=proof.elements,
            absolute=None if difference is None else difference.absolute,
            relative=None if difference is None else difference.relative,
            version=proof.version,
            seconds=seconds,
        )

    @classmethod
    def failed(cls, reason: str) -> "ProofResult":
        """Return the result of a proof that no worker could bring to its end."""
        return cls("not_proven", f"Not proven here: {reason}", 0, 0, None, None, None, 0.0)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ProofResult":
        """The inverse of `to_json`."""
        return cls(**data)
