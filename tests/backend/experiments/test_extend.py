from typing import Any

import pytest

from backend.experiments.advance import advance_run
from backend.experiments.configuration import MOST_GENERATIONS
from backend.experiments.control import cancel, stop
from backend.experiments.errors import InvalidOrder, NotFound, WrongState
from backend.experiments.extend import extend
from backend.experiments.launch import Launched
from backend.problems.result import EvaluationResult
from backend.store import events
from backend.store.tables import Run
from tests.backend.experiments.farm import PROGRAMS, RULES, SMALL, Farm, order

SEARCH: dict[str, Any] = {"population_size": 6, "tournament_size": 2}
PROGRAM_SEARCH: dict[str, Any] = PROGRAMS["search"]  # type: ignore[assignment] # it is the group of that name


def _launched(farm: Farm, generations: int) -> Launched:
    return farm.launch(order(overrides={**SMALL, "search": {**SEARCH, "generations": generations}}))


def _extended(farm: Farm, launched: Launched, more: int) -> Run:
    run_id = launched.runs[0].id
    with farm.database.write() as session:
        resumed = extend(session, run_id, more)
    farm.sender.send(resumed)
    advance_run(farm.database, farm.sender, run_id)
    farm.work()
    return farm.run(launched)


def _whole(farm: Farm, generations: int) -> Run:
    launched = _launched(farm, generations)
    farm.work()
    return farm.run(launched)


def test_a_run_of_10_generations_extended_to_20_equals_one_of_20(farm: Farm) -> None:
    launched = _launched(farm, 10)
    farm.work()
    run = _extended(farm, launched, 10)
    assert (run.state, run.generation, run.generations) == ("finished", 19, 20)
    assert run.digest == _whole(farm, 20).digest


OPTIONS: dict[str, dict[str, Any]] = {
    "elite of distinct behaviours": {**SMALL, "search": {**SEARCH, "elitism": 2, "elitism_of": "behaviours"}},
    "rates that adapt": {**SMALL, "search": {**SEARCH, "adaptive_mutation": True}},
    "in place, constants that move a little, whole parts": {
        **RULES,
        "search": {
            **SEARCH,
            "mutation_of": "subtrees",
            "constant_mutation": "near",
            "recombination_of": "parts",
        },
    },
    "repetitions": {**SMALL, "search": SEARCH, "fitness": {"repetitions": 2, "combine": "mean"}},
    "seeds of its own": {**SMALL, "search": SEARCH, "fitness": {"seeds": "per_individual"}},
    "rules": {**RULES, "search": SEARCH},
    "protected seeds": {**RULES, "search": SEARCH, "protect_seeds": True},
    "facilitated": {**RULES, "search": {**SEARCH, "mutation_rate": None}, "grammar": "alr-facilitated", "seeds": []},
    "trees": PROGRAMS,
    "trees without limits, each with seeds of its own": {
        **PROGRAMS,
        "search": {**PROGRAM_SEARCH, "depth_limit": None, "initialisation": "grow", "constants": "linear"},
        "fitness": {"seeds": "per_individual"},
    },
}


@pytest.mark.parametrize("option", OPTIONS)
def test_whatever_is_bred_and_how_a_run_extended_equals_a_longer_one(farm: Farm, option: str) -> None:
    def launched(generations: int) -> Launched:
        changes = OPTIONS[option]
        search = {**changes["search"], "generations": generations}
        return farm.launch(order(overrides={**changes, "search": search}))

    whole, part = launched(6), launched(3)
    farm.work()
    run = _extended(farm, part, 3)
    assert (run.state, run.generation) == ("finished", 5)
    assert run.digest == farm.run(whole).digest


def test_a_stopped_run_goes_on_for_as_many_generations_as_are_wanted(farm: Farm) -> None:
    launched = _launched(farm, 10)
    with farm.database.write() as session:
        stop(session, launched.runs[0].id)
    farm.work()
    assert farm.run(launched).generation == 0
    run = _extended(farm, launched, 3)
    assert (run.state, run.generation) == ("finished", 3)
    assert run.digest == _whole(farm, 4).digest


def test_a_cancelled_run_first_does_what_was_left_of_its_generation(farm: Farm) -> None:
    launched = _launched(farm, 4)
    while farm.run(launched).generation == 0:
        farm.train_next()
    held = farm.claim_next()
    with farm.database.write() as session:
        cancel(session, launched.runs[0].id)
    farm.sender.sent.clear()
    run = _extended(farm, launched, 2)
    assert (run.state, run.generation) == ("finished", 2)
    assert run.digest == _whole(farm, 3).digest
    assert held is not None


def test_whoever_still_trained_what_was_cancelled_may_not_write(farm: Farm) -> None:
    launched = _launched(farm, 2)
    held = farm.claim_next()
    assert held is not None
    with farm.database.write() as session:
        cancel(session, launched.runs[0].id)
        extend(session, launched.runs[0].id, 2)
    trained = farm.trained
    farm.finish(held, EvaluationResult.failed("error", "too late"))
    assert farm.trained == trained


def test_an_extended_run_is_running_again_and_says_so(farm: Farm) -> None:
    launched = _launched(farm, 2)
    farm.work()
    with farm.database.write() as session:
        extend(session, launched.runs[0].id, 1)
    run = farm.run(launched)
    assert (run.state, run.finished_at, run.message) == ("running", None, None)
    with farm.database.read() as session:
        assert events.after(session, 0, 1000)[-1].payload == {"state": "running"}


def test_a_run_that_has_not_ended_cannot_be_extended(farm: Farm) -> None:
    launched = _launched(farm, 2)
    with pytest.raises(WrongState, match="it is running"), farm.database.write() as session:
        extend(session, launched.runs[0].id, 1)


def test_a_run_that_no_machine_could_train_cannot_be_extended(farm: Farm) -> None:
    launched = _launched(farm, 2)
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, EvaluationResult.failed("error", "The disk is full."))
    with pytest.raises(WrongState, match="Launch one like it"), farm.database.write() as session:
        extend(session, launched.runs[0].id, 1)


def test_an_unknown_run_is_not_found(farm: Farm) -> None:
    with pytest.raises(NotFound, match="no run 99"), farm.database.write() as session:
        extend(session, 99, 1)


def test_there_is_a_most(farm: Farm) -> None:
    launched = _launched(farm, 1)
    farm.work()
    with pytest.raises(InvalidOrder, match="allowed"), farm.database.write() as session:
        extend(session, launched.runs[0].id, MOST_GENERATIONS)
