import threading
from collections.abc import Sequence

import pytest

from backend.app.reconciler import Reconciler
from backend.store.database import Database


class Waiting:
    """A sender that says when something was sent."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.sent: set[int] = set()
        self.rounds = 0
        self.done = threading.Event()

    def send(self, evaluation_ids: Sequence[int]) -> None:
        self.rounds += 1
        if self.rounds <= self.failures:
            raise RuntimeError("the broker is gone")
        self.sent |= set(evaluation_ids)
        if self.rounds > self.failures + 1:
            self.done.set()

    def send_proofs(self, proof_ids: Sequence[int]) -> None:
        self.sent |= set(proof_ids)

    def waiting(self) -> int:
        return 0


@pytest.fixture
def database(sqlite_url: str) -> Database:
    return Database(sqlite_url)


def test_it_recovers_again_and_again_until_it_ends(database: Database) -> None:
    sender = Waiting()
    with Reconciler(database, sender, 0.01):
        assert sender.done.wait(10)
    rounds = sender.rounds
    assert not any(thread.name == "reconciler" for thread in threading.enumerate())
    assert sender.rounds == rounds


def test_a_failure_is_logged_and_the_next_round_comes(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    sender = Waiting(failures=2)
    with Reconciler(database, sender, 0.01):
        assert sender.done.wait(10)
    assert "The reconciler failed" in caplog.text
    assert "the broker is gone" in caplog.text
