from typing import Any

import pytest

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark
from backend.experiments.benchmark_contenders import resolve_contenders
from backend.experiments.benchmark_tunables import (
    CANNOT_BE_MADE,
    check_tunables,
    contender_with,
    tunable_contenders,
)
from backend.experiments.errors import InvalidOrder
from backend.phenotypes.tunable import Scale, Tunable
from backend.store.database import Database

RULE = "x = 0; y = 0; z = 0; weight = multiply(0.01, g)"
CONTENDERS: list[dict[str, Any]] = [
    {"label": "evolved", "phenotype": RULE, "kind": "update_rule"},
    {"label": "schedule", "phenotype": "if_func(epoch < 7, 0.05, 0)"},
    {"label": "nesterov", "human_made": "nesterov", "constants": {"learning_rate": 3.0}, "tune": ["learning_rate"]},
    {"label": "adamw", "built_in": "adamw", "trainings": 7},
    {"label": "step", "schedule": "step", "grid": {"learning_rate": [0.1, 0.2]}},
]


def resolved(database: Database, contenders: list[dict[str, Any]], **tuning: object) -> ResolvedBenchmark:
    declared = BenchmarkConfiguration.model_validate(
        {"problems": ["mnist-1d"], "contenders": contenders, "tuning": {"trainings": 5, **tuning}}
    )
    with database.read() as session:
        return ResolvedBenchmark(declaration=declared, contenders=resolve_contenders(session, declared), finalists=())


def test_what_has_constants_is_tuned_and_what_a_grid_goes_through_stays(database: Database) -> None:
    found = tunable_contenders(resolved(database, CONTENDERS))
    assert [(each.place, each.trainings, list(each.space)) for each in found] == [
        (0, 5, ["weight_1"]),
        (1, 5, ["constant_1", "constant_2"]),
        (2, 5, ["learning_rate"]),
        (3, 7, ["learning_rate", "beta_1", "beta_2", "weight_decay"]),
        (4, 5, ["factor", "every"]),
        (5, 5, ["factor", "every"]),
    ]


def test_a_declared_constant_is_what_a_tuning_starts_from(database: Database) -> None:
    nesterov = tunable_contenders(resolved(database, CONTENDERS))[2]
    assert nesterov.space == {"learning_rate": Tunable(3.0, 1e-5, 3.0, Scale.LOG)}


def test_the_published_range_is_from_0_to_1_for_what_lies_there(database: Database) -> None:
    step = tunable_contenders(resolved(database, CONTENDERS, ranges="published"))[-1]
    assert step.space == {"factor": Tunable(0.1, 0.0, 1.0), "every": Tunable(10, 1, 50, Scale.LOG)}


def test_how_far_better_constants_may_lie_from_the_evolved_ones_is_declared(database: Database) -> None:
    found = tunable_contenders(resolved(database, CONTENDERS, reach=2))
    assert found[0].space == {"weight_1": Tunable(0.01, 0.005, 0.02, Scale.LOG)}
    assert found[1].space["constant_2"] == Tunable(0.05, 0.025, 0.1, Scale.LOG)
    assert found[2].space == {"learning_rate": Tunable(3.0, 1e-5, 3.0, Scale.LOG)}


def test_constants_of_a_rule_that_only_matter_together_are_tuned_as_one(database: Database) -> None:
    text = "x = multiply(0, g); y = y; z = 0; weight = multiply(2, multiply(g, multiply(0.25, add(0.5, 0.5))))"
    whole = resolved(database, [{"label": "evolved", "phenotype": text, "kind": "update_rule"}])
    (found,) = tunable_contenders(whole)
    assert found.space == {"weight_1": Tunable(0.5, 0.5 / 3, 1.5, Scale.LOG)}
    made = contender_with(whole.members[0], whole.contenders[0], {"weight_1": 0.75}, 20)
    assert made.text == "x = 0; y = 0; z = 0; weight = multiply(0.75, g)"


def test_a_rule_whose_shorter_form_float32_cannot_hold_is_tuned_as_it_is(database: Database) -> None:
    text = "x = 0; y = 0; z = 0; weight = multiply(1e-30, multiply(1e30, multiply(1e30, multiply(1e-30, g))))"
    whole = resolved(database, [{"label": "evolved", "phenotype": text, "kind": "update_rule"}])
    (found,) = tunable_contenders(whole)
    assert len(found.space) > 1


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_a_contender_with_its_usual_constants_is_itself(database: Database, place: int) -> None:
    whole = resolved(database, CONTENDERS)
    (space,) = [each.space for each in tunable_contenders(whole) if each.place == place]
    usual = {name: each.default for name, each in space.items()}
    made = contender_with(whole.members[place], whole.contenders[place], usual, 20)
    if place != 3:  # Keras's usual values are not written out where none is declared
        assert made.content == whole.contenders[place].content
    other = contender_with(
        whole.members[place], whole.contenders[place], {name: each.value_at(0.4) for name, each in space.items()}, 20
    )
    assert other.content != made.content


def test_constants_that_make_no_schedule_are_refused(database: Database) -> None:
    whole = resolved(database, CONTENDERS)
    with pytest.raises(CANNOT_BE_MADE):
        contender_with(whole.members[4], whole.contenders[4], {"every": 0.0}, 20)


def test_a_constant_that_a_contender_does_not_have_cannot_be_tuned(database: Database) -> None:
    wrong = [CONTENDERS[0], {**CONTENDERS[1], "tune": ["c"]}, {**CONTENDERS[2], "tune": ["momentum", "beta_1"]}]
    with pytest.raises(InvalidOrder) as caught:
        check_tunables(resolved(database, wrong))
    assert [(each.pointer, each.detail) for each in caught.value.errors] == [
        (
            "/overrides/contenders/1/tune",
            "'schedule' has no constant 'c' that can be tuned; it has constant_1, constant_2",
        ),
        (
            "/overrides/contenders/2/tune",
            "'nesterov' has no constant 'beta_1' that can be tuned; it has learning_rate, momentum",
        ),
    ]


def test_a_schedule_has_its_rates_over_the_epochs_that_it_is_trained_for(database: Database) -> None:
    whole = resolved(database, CONTENDERS)
    made = contender_with(whole.members[1], whole.contenders[1], {"constant_1": 2.5, "constant_2": 0.25}, 4)
    assert made.text == "if_func(epoch < 2.5, 0.25, 0)"
    assert made.content == {"rates": [0.25, 0.25, 0.25, 0.0]}


PROGRAM = {"label": "program", "phenotype": "multiply(subtract(0.5, epoch_share), loss)", "kind": "schedule_program"}


def test_a_program_is_tuned_and_stays_one(database: Database) -> None:
    whole = resolved(database, [PROGRAM])
    assert [list(each.space) for each in tunable_contenders(whole)] == [["constant_1"]]
    made = contender_with(whole.members[0], whole.contenders[0], {"constant_1": 0.75}, 20)
    assert (made.kind, made.content["program"]) == (
        "schedule_program",
        "multiply(loss, subtract(0.75, epoch_share))",
    )


def test_a_benchmark_that_was_ordered_before_schedules_could_be_tuned_goes_on_as_it_was(database: Database) -> None:
    whole = resolved(database, [CONTENDERS[1]])
    stored = whole.model_dump(mode="json")
    del stored["contenders"][0]["read_as"]
    assert tunable_contenders(ResolvedBenchmark.of_json(stored)) == ()
