import pytest

from backend.experiments.benchmark_control import cancel_benchmark
from backend.experiments.errors import NotFound, WrongState
from backend.store import trials
from tests.backend.experiments.contest import contest, finished, launched, reread, worked
from tests.backend.experiments.farm import Farm


def test_a_cancelled_benchmark_ends_without_a_verdict_and_keeps_what_was_finished(farm: Farm) -> None:
    made = launched(farm, contest())
    farm.sender.sent = farm.sender.sent[:4]
    worked(farm)
    with farm.database.write() as session:
        cancel_benchmark(session, made.benchmark.id)
    ended = reread(farm, made.benchmark)
    assert (ended.state, ended.report) == ("cancelled", None)
    with farm.database.read() as session:
        states = [row.state for row in trials.of_benchmark(session, ended.id)]
    assert (states.count("finished"), states.count("cancelled")) == (4, 14)


def test_what_has_ended_or_is_not_there_cannot_be_cancelled(farm: Farm) -> None:
    done = finished(farm, contest())
    with farm.database.write() as session:
        with pytest.raises(WrongState, match="it is finished already"):
            cancel_benchmark(session, done.id)
        with pytest.raises(NotFound):
            cancel_benchmark(session, done.id + 1)
