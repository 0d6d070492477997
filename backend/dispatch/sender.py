"""How the backend hands work over: it sends ids, after the transaction that made what they name."""

from collections.abc import Sequence
from typing import Protocol


class Sender(Protocol):
    """Sends ids to workers, of evaluations to train and of proofs to run.

    A message is a hint, not a promise: it may be lost, repeated or reordered. The database is the truth, and
    the reconciler sends again what nobody has begun.
    """

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Send the id of each evaluation once."""

    def send_proofs(self, proof_ids: Sequence[int]) -> None:
        """Send the id of each proof once."""

    def waiting(self) -> int:
        """Return how many messages nobody has taken yet; 0 where that cannot be known."""
