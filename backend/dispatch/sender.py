"""How the backend hands work over: it sends ids of evaluations, after the transaction that made them."""

from collections.abc import Sequence
from typing import Protocol


class Sender(Protocol):
    """Sends ids of evaluations to whoever trains them.

    A message is a hint, not a promise: it may be lost, repeated or reordered. The database is the truth, and
    the reconciler sends again what nobody has begun.
    """

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Send each id once."""
