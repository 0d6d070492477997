"""A sender that sends nothing and remembers everything, for tests and for dry runs."""

from collections.abc import Sequence


class RecordingSender:
    """Keeps the ids it was asked to send, in order, in `sent`."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Remember the ids."""
        self.sent.extend(evaluation_ids)
