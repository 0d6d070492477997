from typing import Any

import pytest

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedContender
from backend.experiments.benchmark_contenders import finalists_of, resolve_contenders
from backend.experiments.errors import InvalidOrder
from backend.store.database import Database
from tests.backend.experiments.contest import declared


def resolved(database: Database, *contenders: dict[str, Any], **protocol: object) -> tuple[ResolvedContender, ...]:
    rival = {"label": "rival", "phenotype": "0.01"}
    changes = declared(contenders=[*contenders, rival], finalists=[], protocol={"epochs": 3, **protocol})
    with database.read() as session:
        return resolve_contenders(session, BenchmarkConfiguration.model_validate(changes))[:-1]


def test_each_way_to_name_a_contender_gives_what_it_does(database: Database) -> None:
    found = resolved(
        database,
        {"label": "typed", "phenotype": "0.5"},
        {"label": "program", "phenotype": "multiply(loss, 0.1)", "kind": "schedule_program"},
        {"label": "rule", "phenotype": "x = 0; y = 0; z = 0; weight = multiply(0.1, g)", "kind": "update_rule"},
        {"label": "adam", "human_made": "adam", "constants": {"learning_rate": 0.002}},
        {"label": "cosine", "schedule": "cosine"},
        {"label": "keras", "built_in": "adamw", "constants": {"learning_rate": 0.002}},
    )
    assert [each.kind for each in found] == [
        "rate_vector",
        "schedule_program",
        "update_rule",
        "update_rule",
        "rate_vector",
        "built_in",
    ]
    assert [each.optimizer for each in found] == ["sgd", "sgd", "rule", "rule", "sgd", "keras"]
    assert found[0].content == {"rates": [0.5, 0.5, 0.5]}
    assert found[5].content == {"name": "adamw", "configuration": {"learning_rate": 0.002}}
    assert "learning_rate 0.002" in found[3].source


def test_schedules_stand_under_the_protocols_optimizer_or_their_own(database: Database) -> None:
    found = resolved(
        database,
        {"label": "one", "schedule": "constant"},
        {"label": "other", "schedule": "constant", "optimizer": "sgd"},
        optimizer="adam",
    )
    assert [each.optimizer for each in found] == ["adam", "sgd"]


def test_members_of_a_grid_know_their_family_and_what_was_tried(database: Database) -> None:
    found = resolved(database, {"label": "step", "schedule": "step", "grid": {"learning_rate": [0.01, 0.1]}})
    assert [(each.label, each.family, each.tried) for each in found] == [
        ("step 0.01", "step", {"learning_rate": 0.01}),
        ("step 0.1", "step", {"learning_rate": 0.1}),
    ]


def test_a_finalist_with_a_grid_is_all_its_members() -> None:
    contenders = [
        {"label": "a", "phenotype": "0.1"},
        {"label": "b", "schedule": "step", "grid": {"learning_rate": [0.01, 0.1]}},
    ]
    given = BenchmarkConfiguration.model_validate(declared(contenders=contenders, finalists=["b"]))
    assert finalists_of(given) == (1, 2)


@pytest.mark.parametrize(
    ("contender", "field", "said"),
    [
        ({"schedule": "wavy"}, "schedule", "there are constant, step"),
        ({"schedule": "step", "constants": {"every": 0}}, "constants", "gives no rates"),
        ({"schedule": "step", "constants": {"speed": 1}}, "constants", "has no constant 'speed'"),
        ({"schedule": "constant", "constants": {"learning_rate": -1}}, "constants", "negative or not finite"),
        ({"schedule": "constant", "constants": {"learning_rate": 0}}, "constants", "or 0 throughout"),
        ({"built_in": "adamww"}, "built_in", "Keras has no optimizer 'adamww'; there are adadelta"),
        ({"built_in": "sgd", "constants": {"beta_1": 0.9}}, "constants", "has no constant 'beta_1'; it has clipnorm"),
        ({"phenotype": "0"}, "phenotype", "nothing would be learned"),
        ({"phenotype": "loss", "kind": "schedule"}, "phenotype", "read as schedule"),
    ],
)
def test_what_cannot_be_trained_is_refused_with_its_field(
    database: Database, contender: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(InvalidOrder) as refused:
        resolved(database, {"label": "a", **contender})
    assert refused.value.errors[0].pointer == f"/overrides/contenders/0/{field}"
    assert said in refused.value.errors[0].detail
