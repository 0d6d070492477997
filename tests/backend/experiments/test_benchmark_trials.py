from itertools import pairwise

import pytest

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark, ResolvedContender
from backend.experiments.benchmark_contenders import finalists_of, resolve_contenders
from backend.experiments.benchmark_trials import (
    check_protocol,
    first_round,
    scored_part,
    specification_of,
    tuning_specification,
)
from backend.experiments.errors import InvalidOrder
from backend.problems.catalogue import get_problem
from backend.problems.problem import Parts
from backend.store.database import Database
from tests.backend.experiments.contest import declared


def given(**changes: object) -> BenchmarkConfiguration:
    return BenchmarkConfiguration.model_validate(declared(**changes))


def test_trials_are_scored_on_the_test_part_or_on_fitness_where_there_is_none() -> None:
    assert scored_part(given(), get_problem("mnist-1d")) == "test"
    assert scored_part(given(), get_problem("mnist-1d-2025")) == "fitness"
    assert scored_part(given(protocol={"scored": "fitness"}), get_problem("mnist-1d")) == "fitness"


@pytest.mark.parametrize(
    ("protocol", "field", "said"),
    [
        ({"scored": "test"}, "scored", "has no such part"),
        ({"patience": 3}, "patience", "has no validation part"),
        ({"keep": "best_loss"}, "keep", "has no validation part"),
    ],
)
def test_what_a_problem_does_not_have_cannot_be_read(protocol: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        check_protocol(given(problems=["mnist-1d-2025"], protocol=protocol))
    assert [error.pointer for error in refused.value.errors] == [f"/overrides/protocol/{field}"]
    assert said in refused.value.errors[0].detail


@pytest.mark.parametrize(("protocol", "apart"), [({"scored": "fitness", "new_data": True}, 8), ({}, 1)])
def test_contenders_are_about_as_far_at_any_time_and_workers_begin_with_different_data(
    database: Database, protocol: dict[str, object], apart: int
) -> None:
    found = given(trials=20, protocol=protocol)
    with database.read() as session:
        contenders = resolve_contenders(session, found)
    whole = ResolvedBenchmark(declaration=found, contenders=contenders, finalists=finalists_of(found))
    asked = first_round(whole)
    assert len(set(asked)) == 20 * len(contenders)
    done = [0] * len(contenders)
    for trial in asked:
        done[trial.contender] += 1
        assert max(done) - min(done) <= apart
    data = [specification_of(whole, 7, trial).data_seed for trial in asked]
    assert all(one != other for one, other in pairwise(data)) == (apart > 1)


def parts(database: Database, **changes: object) -> Parts:
    found = given(**changes)
    with database.read() as session:
        contenders = resolve_contenders(session, found)
    whole = ResolvedBenchmark(declaration=found, contenders=contenders, finalists=finalists_of(found))
    return specification_of(whole, 7, first_round(whole)[0]).parts


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ({}, Parts(2800, 400, 800, 10_000)),
        ({"train": 700}, Parts(700, 400, 800, 10_000)),
        ({"train": 3200, "validation": 800}, Parts(3200, 800, 0, 10_000)),
        ({"validation": 1200}, Parts(2800, 1200, 0, 10_000)),
    ],
)
def test_parts_larger_than_their_own_take_the_fitness_part(
    database: Database, protocol: dict[str, object], expected: Parts
) -> None:
    check_protocol(given(protocol={"epochs": 3, **protocol}))
    assert parts(database, protocol={"epochs": 3, **protocol}) == expected


@pytest.mark.parametrize(
    ("protocol", "fields", "said"),
    [
        (
            {"train": 3601},
            ["train"],
            "makes 4001 samples to train on and to validate with, but mnist-1d has only 4000 for both",
        ),
        (
            {"train": 3000, "validation": 1001},
            ["train", "validation"],
            "makes 4001 samples to train on and to validate with, but mnist-1d has only 4000 for both",
        ),
        (
            {"train": 3000, "scored": "fitness"},
            ["train"],
            "is 3000, but mnist-1d has only 2800; more are to be had where nothing is scored on fitness",
        ),
    ],
)
def test_more_samples_than_there_are_cannot_be_had(protocol: dict[str, object], fields: list[str], said: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        check_protocol(given(protocol=protocol))
    assert [error.pointer for error in refused.value.errors] == [f"/overrides/protocol/{field}" for field in fields]
    assert {error.detail for error in refused.value.errors} == {said}


def test_a_tuning_that_is_scored_on_fitness_keeps_the_fitness_part() -> None:
    with pytest.raises(InvalidOrder, match="more are to be had where nothing is scored on fitness"):
        check_protocol(given(protocol={"train": 3000}, tuning={"score": "fitness"}))
    check_protocol(given(protocol={"train": 3000}, tuning={"score": "validation"}))


def test_trials_on_new_data_are_each_drawn_by_their_own_seed(database: Database) -> None:
    found = given(protocol={"epochs": 3, "scored": "fitness", "new_data": True})
    check_protocol(found)
    with database.read() as session:
        contenders = resolve_contenders(session, found)
    whole = ResolvedBenchmark(declaration=found, contenders=contenders, finalists=finalists_of(found))
    made = [specification_of(whole, 7, trial) for trial in first_round(whole)]
    assert all(each.data_seed == each.seed for each in made)
    assert len({each.data_seed for each in made}) == found.trials


def test_new_data_that_would_mix_in_test_samples_are_refused() -> None:
    protocol = {"scored": "fitness", "new_data": True}
    with pytest.raises(InvalidOrder, match="would mix test samples of digits into its other parts"):
        check_protocol(given(problems=["digits"], protocol=protocol))
    check_protocol(given(problems=["digits"], protocol={**protocol, "scored": "test"}))


def test_a_race_on_data_of_which_the_test_part_is_divided_off_keeps_them() -> None:
    found = given(tuning={"trainings": 20, "race": {"best": 2, "trainings": 3}})
    contender = ResolvedContender(
        label="a", text="", source="", kind="rate_vector", content={"rates": [0.1] * 20}, optimizer="sgd"
    )
    data_seeds = {
        problem: tuning_specification(found, contender, problem, seed=5, fresh=True).data_seed
        for problem in ("mnist-1d", "fashion-mnist", "digits")
    }
    assert data_seeds == {"mnist-1d": 5, "fashion-mnist": 5, "digits": None}
