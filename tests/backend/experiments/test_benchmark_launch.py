from typing import Any

import pytest

from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_launch import launch_benchmark
from backend.experiments.errors import IdempotencyConflict, InvalidOrder
from backend.store import evaluations, individuals, trials
from tests.backend.experiments.contest import contest, declared, launched
from tests.backend.experiments.farm import Farm, order


def test_every_contender_is_tried_on_every_problem_in_every_trial(farm: Farm) -> None:
    made = launched(farm, contest(problems=["mnist-1d", "digits"]))
    with farm.database.read() as session:
        rows = trials.of_benchmark(session, made.benchmark.id)
    assert len(rows) == len(made.evaluation_ids) == 3 * 2 * 6
    assert {(row.contender, row.problem, row.number) for row in rows} == {
        (contender, problem, number)
        for contender in range(3)
        for problem in ("mnist-1d", "digits")
        for number in range(6)
    }


def test_the_seeds_are_common_to_all_contenders_and_differ_by_trial(farm: Farm) -> None:
    made = launched(farm, contest())
    seeds: dict[int, set[int]] = {}
    with farm.database.read() as session:
        for row in trials.of_benchmark(session, made.benchmark.id):
            evaluation = evaluations.get(session, row.evaluation_id)
            assert evaluation is not None
            seeds.setdefault(row.number, set()).add(evaluation.specification["seed"])
    assert all(len(each) == 1 for each in seeds.values())
    assert len(set.union(*seeds.values())) == 6


def test_contenders_that_do_the_same_are_trained_once(farm: Farm) -> None:
    twins = [
        {"label": "evolved", "phenotype": "0.05"},
        {"label": "typed", "phenotype": "if_func(epoch < 1, 0.05, 0.05)"},
    ]
    assert len(launched(farm, contest(contenders=twins)).evaluation_ids) == 6


def test_trials_are_scored_on_the_test_part_with_the_weights_of_the_best_validation_epoch(farm: Farm) -> None:
    launched(farm, contest())
    claimed = farm.claim_next()
    assert claimed is not None
    assert claimed.benchmark_id is not None
    assert claimed.run_id is None
    assert (claimed.specification.scored_part, claimed.specification.kept) == ("test", "best_accuracy")


def test_what_was_ordered_is_stored_with_what_the_contenders_do(farm: Farm) -> None:
    made = launched(farm, contest(name="which?"))
    stored = made.benchmark.configuration
    assert (made.benchmark.name, made.benchmark.seed, made.benchmark.state) == ("which?", 7, "running")
    assert stored["finalists"] == [0]
    assert stored["contenders"][1]["content"]["rates"][0] == pytest.approx(0.01)
    assert stored["declaration"]["trials"] == 6


def test_an_individual_takes_part_as_it_was_evolved_but_over_the_benchmarks_epochs(farm: Farm) -> None:
    run = farm.launch(order())
    with farm.database.read() as session:
        individual = individuals.of_generation(session, run.runs[0].id, 0)[0].id
    contenders = [{"label": "evolved", "individual": individual}, {"label": "slow", "phenotype": "0.01"}]
    made = launched(farm, contest(contenders=contenders, protocol={"epochs": 9}))
    resolved = made.benchmark.configuration["contenders"][0]
    assert len(resolved["content"]["rates"]) == 9
    assert resolved["source"].startswith("individual ")
    assert resolved["optimizer"] == "sgd"
    assert resolved["found_on"] == "mnist-1d"
    assert made.benchmark.configuration["contenders"][1]["found_on"] is None


def test_the_same_order_with_the_same_key_gives_the_same_benchmark(farm: Farm) -> None:
    first, again = (launched(farm, contest(), key="k") for _ in range(2))
    assert again.benchmark.id == first.benchmark.id
    assert again.evaluation_ids == []
    with pytest.raises(IdempotencyConflict), farm.database.write() as session:
        launch_benchmark(session, contest(trials=9), "k")


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"problems": ["nowhere"]}, "/overrides/problems/0", "no problem 'nowhere'"),
        ({"protocol": {"batch_size": 9999}}, "/overrides/protocol/batch_size", "only 2800 training samples"),
        ({"protocol": {"train": 9999}}, "/overrides/protocol/train", "has only 4000 for both"),
        (
            {"contenders": [{"label": "a", "phenotype": "0.1 +"}, {"label": "evolved", "phenotype": "0.1"}]},
            "/overrides/contenders/0/phenotype",
            "read as schedule",
        ),
        (
            {"contenders": [{"label": "a", "individual": 99}, {"label": "evolved", "phenotype": "0.1"}]},
            "/overrides/contenders/0/individual",
            "there is no individual 99",
        ),
        (
            {"contenders": [{"label": "a", "human_made": "adamant"}, {"label": "evolved", "phenotype": "0.1"}]},
            "/overrides/contenders/0/human_made",
            "there are sgd",
        ),
        (
            {
                "contenders": [
                    {"label": "a", "human_made": "adam", "constants": {"speed": 1.0}},
                    {"label": "evolved", "phenotype": "0.1"},
                ]
            },
            "/overrides/contenders/0/constants",
            "no constant 'speed'",
        ),
        ({"trials": 1000, "problems": ["mnist-1d", "digits"]}, "/overrides/trials", "5000 are allowed"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_with_its_place(
    farm: Farm, changes: dict[str, Any], pointer: str, said: str
) -> None:
    with pytest.raises(InvalidOrder) as refused, farm.database.write() as session:
        launch_benchmark(session, contest(**changes))
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert said in refused.value.errors[0].detail


def test_the_orders_own_finalists_take_the_place_of_the_declared_ones(farm: Farm) -> None:
    wanted = BenchmarkOrder.model_validate(
        {"overrides": declared(), "finalists": [{"label": "mine", "phenotype": "0.07"}], "seed": 1}
    )
    stored = launched(farm, wanted).benchmark.configuration
    assert [each["label"] for each in stored["contenders"]] == ["mine", "slow", "fast"]
    assert stored["finalists"] == [0]
