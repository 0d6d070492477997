import json
from dataclasses import replace
from typing import Any, get_args

import pytest

from backend.problems.catalogue import UnknownProblem
from backend.problems.problem import Parts
from backend.problems.specification import OPTIMIZERS_OF_KIND, EvaluationSpecification, Optimizer, optimizer_of

SPECIFICATION = EvaluationSpecification(
    behaviour_kind="rate_vector",
    behaviour_content={"rates": [0.1, 0.05000000074505806]},
    problem="mnist-1d",
    parts=Parts(2800, 400, 800, 10_000),
    folds=2,
    fold=1,
    seed=2**53 - 1,
    epochs=2,
    batch_size=128,
    patience=3,
)


def test_it_travels_as_json_and_comes_back_the_same() -> None:
    text = json.dumps(SPECIFICATION.to_json())
    back = EvaluationSpecification.from_json(json.loads(text))
    assert back == SPECIFICATION
    assert back.key == SPECIFICATION.key


def test_every_field_is_in_the_key() -> None:
    others = [
        replace(SPECIFICATION, behaviour_kind="built_in", optimizer="keras"),
        replace(SPECIFICATION, behaviour_content={"rates": [0.1, 0.05]}),
        replace(SPECIFICATION, problem="fashion-mnist"),
        replace(SPECIFICATION, parts=Parts(2799, 400, 800, 10_000)),
        replace(SPECIFICATION, folds=3),
        replace(SPECIFICATION, fold=0),
        replace(SPECIFICATION, seed=1),
        replace(SPECIFICATION, epochs=1),
        replace(SPECIFICATION, batch_size=127),
        replace(SPECIFICATION, patience=None),
        replace(SPECIFICATION, optimizer="adam"),
        replace(SPECIFICATION, scored_part="validation"),
        replace(SPECIFICATION, scored_part="test"),
        replace(SPECIFICATION, repetition=1),
        replace(SPECIFICATION, keep="last"),
        replace(SPECIFICATION, keep="best_accuracy"),
        replace(SPECIFICATION, data_seed=0),
        replace(SPECIFICATION, data_seed=1),
    ]
    assert len({SPECIFICATION.key, *(other.key for other in others)}) == 19


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("folds", 0, "folds is 0"),
        ("fold", 2, "fold is 2; 0 to 1 is allowed"),
        ("seed", 2**53, "seed is 9007199254740992"),
        ("seed", -1, "seed is -1"),
        ("epochs", 0, "epochs is 0"),
        ("batch_size", 1401, "batch_size is 1401; 1 to 1400 is allowed"),
        ("patience", 0, "patience is 0"),
        ("behaviour_kind", "dream", "behaviour_kind is 'dream'; one of rate_vector, schedule_program, update"),
        ("optimizer", "rule", "optimizer is 'rule'; 'sgd' or 'adam' is allowed"),
        ("scored_part", "train", "scored_part is 'train'; 'fitness' or 'validation' or 'test' is allowed"),
        ("keep", "best", "keep is 'best'; 'last' or 'best_loss' or 'best_accuracy' is allowed"),
        ("repetition", -1, "repetition is -1"),
        ("data_seed", -1, "data_seed is -1"),
        ("parts", Parts(2800, 0, 800, 10_000), "patience is 3; without a validation part only none is allowed"),
        ("parts", Parts(2801, 400, 800, 10_000), "train is to have 2801 samples; the problem has 2800"),
    ],
)
def test_what_cannot_be_trained_is_refused_by_field(field: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(SPECIFICATION, **{field: value})  # type: ignore[arg-type]  # that is what is refused


@pytest.mark.parametrize("kind", OPTIMIZERS_OF_KIND)
def test_a_behaviour_is_trained_by_the_optimizers_of_its_kind_alone(kind: str) -> None:
    for optimizer in get_args(Optimizer):
        if optimizer in OPTIMIZERS_OF_KIND[kind]:
            assert replace(SPECIFICATION, behaviour_kind=kind, optimizer=optimizer).optimizer == optimizer
        else:
            with pytest.raises(ValueError, match=f"optimizer is '{optimizer}'; '{OPTIMIZERS_OF_KIND[kind][0]}'"):
                replace(SPECIFICATION, behaviour_kind=kind, optimizer=optimizer)


def test_a_base_optimizer_is_for_schedules_and_changes_nothing_else() -> None:
    kinds = ("rate_vector", "schedule_program", "update_rule", "built_in")
    assert [optimizer_of(kind) for kind in kinds] == ["sgd", "sgd", "rule", "keras"]
    assert [optimizer_of(kind, "adam") for kind in kinds] == ["adam", "adam", "rule", "keras"]
    with pytest.raises(ValueError, match="behaviour_kind is 'dream'"):
        optimizer_of("dream")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"keep": "best_loss"}, "keep is 'best_loss'; without a validation part only 'last' is allowed"),
        ({"keep": "best_accuracy"}, "keep is 'best_accuracy'; without a validation part"),
        ({"scored_part": "validation"}, "scored_part is 'validation', but that part has no samples"),
        ({"parts": Parts(2800, 400, 800, 0), "scored_part": "test"}, "scored_part is 'test', but that part has no"),
    ],
)
def test_a_part_that_is_not_there_cannot_be_read(fields: dict[str, Any], sentence: str) -> None:
    nothing_to_stop_by: dict[str, Any] = {"patience": None, "parts": Parts(2800, 0, 800, 10_000)}
    assert replace(SPECIFICATION, **nothing_to_stop_by).kept == "last"
    with pytest.raises(ValueError, match=sentence):
        replace(SPECIFICATION, **{**nothing_to_stop_by, **fields})


def test_the_best_epoch_is_kept_with_patience_unless_said_otherwise() -> None:
    assert SPECIFICATION.kept == "best_loss"
    assert replace(SPECIFICATION, keep="last").kept == "last"
    assert replace(SPECIFICATION, patience=None).kept == "last"
    assert replace(SPECIFICATION, patience=None, keep="best_accuracy").kept == "best_accuracy"


def test_what_was_stored_before_there_were_more_fields_is_read_and_keeps_its_key() -> None:
    stored = (
        '{"batch_size": 128, "behaviour_content": {"rates": [0.1, 0.05000000074505806]}, "behaviour_kind": '
        '"rate_vector", "epochs": 2, "fold": 1, "folds": 2, "optimizer": "sgd", "parts": {"fitness": 800, "test": '
        '10000, "train": 2800, "validation": 400}, "patience": 3, "problem": "mnist-1d", "scored_part": "fitness", '
        '"seed": 9007199254740991}'
    )
    read = EvaluationSpecification.from_json(json.loads(stored))
    assert read == SPECIFICATION
    assert json.dumps(read.to_json(), sort_keys=True) == stored
    assert read.key == "aa074c83d7b435a0a168ce9b46729953ca4d8454b0a6373787f27fb5d92e81c4"


def test_later_fields_travel_as_well() -> None:
    later = replace(SPECIFICATION, repetition=2, keep="last", data_seed=0, optimizer="adam", scored_part="test")
    assert EvaluationSpecification.from_json(json.loads(json.dumps(later.to_json()))) == later


def test_the_key_of_a_schedules_evaluation_is_the_one_that_stored_runs_have() -> None:
    """Another key would lose every result that is kept: such a change must be meant."""
    assert SPECIFICATION.key == "aa074c83d7b435a0a168ce9b46729953ca4d8454b0a6373787f27fb5d92e81c4"


def test_an_unknown_problem_is_refused() -> None:
    with pytest.raises(UnknownProblem):
        replace(SPECIFICATION, problem="mnist")


def test_missing_and_unknown_fields_are_named() -> None:
    data = {**SPECIFICATION.to_json(), "speed": 1}
    del data["fold"]
    with pytest.raises(ValueError, match="fields: fold, speed"):
        EvaluationSpecification.from_json(data)
