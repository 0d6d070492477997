from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from backend.experiments.claim import renew
from backend.experiments.control import cancel, stop
from backend.experiments.errors import NotFound, WrongState
from backend.store import evaluations, generations
from backend.store.tables import Run
from tests.backend.experiments.farm import Farm, order, score_of


def test_a_stopped_run_finishes_its_generation_and_ends(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.train_next()
    with farm.database.write() as session:
        assert stop(session, launched.runs[0].id).state == "stopping"
    farm.work()
    run = farm.run(launched)
    assert (run.state, run.generation) == ("stopped", 0)
    assert run.digest is not None
    assert run.finished_at is not None


def test_stopping_twice_is_the_same_as_once(farm: Farm) -> None:
    launched = farm.launch(order())
    for _ in range(2):
        with farm.database.write() as session:
            assert stop(session, launched.runs[0].id).state == "stopping"


def test_a_run_that_is_stopped_in_its_last_generation_is_finished(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"search": {"generations": 1}}))
    with farm.database.write() as session:
        stop(session, launched.runs[0].id)
    farm.work()
    assert farm.run(launched).state == "finished"


def test_a_cancelled_run_ends_at_once_and_keeps_what_it_found(farm: Farm) -> None:
    launched = farm.launch(order())
    while farm.run(launched).generation == 0:
        farm.train_next()
    held = farm.claim_next()
    assert held is not None
    with farm.database.write() as session:
        assert cancel(session, launched.runs[0].id).state == "cancelled"
        assert evaluations.count_under_way(session, launched.runs[0].id) == 0
        assert not renew(session, held, 60)
        assert len(generations.completed(session, launched.runs[0].id)) == 1
    farm.finish(held, score_of(held))
    farm.work()
    assert (farm.run(launched).state, farm.run(launched).generation) == ("cancelled", 1)


@pytest.mark.parametrize("control", [stop, cancel])
def test_an_ended_run_can_be_neither_stopped_nor_cancelled(farm: Farm, control: Callable[[Session, int], Run]) -> None:
    launched = farm.launch(order())
    farm.work()
    with pytest.raises(WrongState, match="it is finished already"), farm.database.write() as session:
        control(session, launched.runs[0].id)


@pytest.mark.parametrize("control", [stop, cancel])
def test_an_unknown_run_is_not_found(farm: Farm, control: Callable[[Session, int], Run]) -> None:
    with pytest.raises(NotFound, match="no run 99"), farm.database.write() as session:
        control(session, 99)
