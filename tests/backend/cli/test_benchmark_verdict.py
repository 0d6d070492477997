from collections.abc import Iterator
from typing import Any, cast

import pytest

from backend.cli import benchmark_verdict
from backend.cli.benchmark_verdict import follow_benchmark
from backend.cli.places import Place


class _Told:
    """A place whose benchmark goes on each time it is asked for."""

    def __init__(self, documents: Iterator[dict[str, Any]]) -> None:
        self._documents = documents

    def benchmark(self, _benchmark_id: int) -> dict[str, Any]:
        return next(self._documents)


def test_the_clock_goes_on_when_a_confirmation_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark_verdict, "POLL_SECONDS", 1.1)
    states = [("running", "trials", 2, 2), ("running", "confirmation", 2, 4), ("finished", "confirmation", 4, 4)]
    names = ("state", "phase", "trainings_finished", "trainings")
    place = cast(Place, _Told(dict(zip(names, each, strict=True)) for each in states))
    assert follow_benchmark(place, 7, watch=True)["state"] == "finished"
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert "benchmark 7" in last
    assert "confirmation, 4 of 4 trainings" in last
    assert last.endswith("0:00:02")
