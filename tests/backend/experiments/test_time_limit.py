from sqlalchemy import update

from backend.experiments.advance import advance_run
from backend.experiments.extend import extend
from backend.experiments.launch import Launched
from backend.store.tables import Run
from tests.backend.experiments.farm import SMALL, Farm, order

SEARCH = {"population_size": 6, "generations": 6, "tournament_size": 2}


def _launched(farm: Farm, minutes: float | None) -> Launched:
    return farm.launch(order(overrides={**SMALL, "search": {**SEARCH, "time_limit_minutes": minutes}}))


def _let_the_time_pass(farm: Farm) -> None:
    with farm.database.write() as session:
        session.execute(update(Run).values(deadline=Run.created_at - 1))


def test_a_run_whose_time_is_over_finishes_its_generation_and_ends_as_stopped(farm: Farm) -> None:
    launched = _launched(farm, 30)
    while farm.run(launched).generation == 0:
        farm.train_next()
    _let_the_time_pass(farm)
    advance_run(farm.database, farm.sender, launched.runs[0].id)
    assert farm.run(launched).state == "stopping"
    farm.work()
    run = farm.run(launched)
    assert (run.state, run.generation, run.message) == ("stopped", 1, "Stopped by its time limit of 30 min.")


def test_up_to_its_end_it_is_the_run_that_it_would_have_been(farm: Farm) -> None:
    launched = _launched(farm, 30)
    while farm.run(launched).generation == 0:
        farm.train_next()
    _let_the_time_pass(farm)
    farm.work()
    two = farm.launch(order(overrides={**SMALL, "search": {**SEARCH, "generations": 2}}))
    farm.work()
    assert farm.run(launched).digest == farm.run(two).digest


def test_a_run_that_ends_in_time_says_nothing_of_its_limit(farm: Farm) -> None:
    launched = _launched(farm, 30)
    farm.work()
    assert (farm.run(launched).state, farm.run(launched).message) == ("finished", None)


def test_without_a_limit_there_is_no_deadline(farm: Farm) -> None:
    assert farm.run(_launched(farm, None)).deadline is None


def test_an_extended_run_has_its_time_anew(farm: Farm) -> None:
    launched = _launched(farm, 30)
    _let_the_time_pass(farm)
    farm.work()
    with farm.database.write() as session:
        extend(session, launched.runs[0].id, 3)
    farm.work()
    advance_run(farm.database, farm.sender, launched.runs[0].id)
    farm.work()
    run = farm.run(launched)
    assert (run.state, run.generation, run.message) == ("finished", 3, None)
