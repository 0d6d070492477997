"""A sender that sends nothing and remembers everything, for tests and for dry runs."""

from collections.abc import Sequence


class RecordingSender:
    """Keeps the ids it was asked to send, in order: of evaluations in `sent`, of proofs in `sent_proofs`."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.sent_proofs: list[int] = []

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Remember the ids of evaluations."""
        self.sent.extend(evaluation_ids)

    def send_proofs(self, proof_ids: Sequence[int]) -> None:
        """Remember the ids of proofs."""
        self.sent_proofs.extend(proof_ids)

    def waiting(self) -> int:
        """Return how many ids are remembered: tests take out what they deliver."""
        return len(self.sent) + len(self.sent_proofs)
