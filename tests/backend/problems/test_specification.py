import json
from dataclasses import replace
from typing import get_args

import pytest

from backend.problems.catalogue import UnknownProblem
from backend.problems.problem import Parts
from backend.problems.specification import OPTIMIZER_OF_KIND, EvaluationSpecification, Optimizer

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
    ]
    assert len({SPECIFICATION.key, *(other.key for other in others)}) == 11


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
        ("behaviour_kind", "dream", "behaviour_kind is 'dream'; one of rate_vector, update_rule, built_in is allowed"),
        ("optimizer", "adam", "optimizer is 'adam'; 'sgd' is allowed"),
        ("scored_part", "test", "scored_part is 'test'; 'fitness' is allowed"),
        ("parts", Parts(2801, 400, 800, 10_000), "train is to have 2801 samples; the problem has 2800"),
    ],
)
def test_what_cannot_be_trained_is_refused_by_field(field: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(SPECIFICATION, **{field: value})  # type: ignore[arg-type]  # that is what is refused


@pytest.mark.parametrize("kind", OPTIMIZER_OF_KIND)
def test_a_behaviour_is_trained_by_the_optimizer_of_its_kind_alone(kind: str) -> None:
    for optimizer in get_args(Optimizer):
        if optimizer == OPTIMIZER_OF_KIND[kind]:
            assert replace(SPECIFICATION, behaviour_kind=kind, optimizer=optimizer).optimizer == optimizer
        else:
            with pytest.raises(ValueError, match=f"optimizer is '{optimizer}'; '{OPTIMIZER_OF_KIND[kind]}' is"):
                replace(SPECIFICATION, behaviour_kind=kind, optimizer=optimizer)


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
