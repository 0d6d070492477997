"""Specifications that train fast, and problems that are in no catalogue."""

from pathlib import Path
from typing import Any

from backend.phenotypes.behaviour import Behaviour
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.update_rule import UpdateRule
from backend.problems.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool
from backend.problems.problem import Augmentation, Parts, Problem
from backend.problems.result import EvaluationResult
from backend.problems.specification import EvaluationSpecification, optimizer_of
from worker.training.train import train

# Every kind of layer, L2 penalties, augmentation: what a training can stumble over, in a few thousand weights.
EVERYTHING = Problem(
    name="everything",
    title="Everything",
    description="Every kind of layer.",
    dataset="none",
    input_shape=(8, 10, 2),
    classes=3,
    layers=(
        Conv2D(6, 3, strides=2, padding="same", initializer="he_normal", l2=1e-3),
        BatchNorm(),
        Conv2D(5, 3, activation="linear"),
        MaxPool(2),
        Dropout(0.25),
        Flatten(),
        Dense(16, "sigmoid", bias=False, initializer="fan_in_uniform", l2=1e-3),
        Dropout(0.5),
        Dense(3, "softmax", initializer="fan_in_uniform"),
    ),
    parts=Parts(100, 20, 20, 0),
    split_seed=1,
    checksum="",
    test_checksum="",
    augmentation=Augmentation(rotation=20.0, shift=0.2, flip=True),
)


def specification(*rates: float, **fields: Any) -> EvaluationSpecification:
    """The training of a schedule: one epoch for every rate, by default on a quarter of MNIST-1D."""
    chosen: dict[str, Any] = {
        "behaviour_kind": "rate_vector",
        "behaviour_content": {"rates": list(rates)},
        "problem": "mnist-1d",
        "parts": Parts(700, 100, 200, 0),
        "folds": 1,
        "fold": 0,
        "seed": 7,
        "epochs": len(rates),
        "batch_size": 128,
        **fields,
    }
    return EvaluationSpecification(**chosen)


def of_behaviour(behaviour: Behaviour, **fields: Any) -> EvaluationSpecification:
    """The training of any behaviour, by default two epochs on a quarter of MNIST-1D."""
    chosen: dict[str, Any] = {
        "behaviour_kind": behaviour.kind,
        "behaviour_content": behaviour.content,
        "optimizer": optimizer_of(behaviour.kind),
        "epochs": 2,
        **fields,
    }
    return specification(**chosen)


def of_rule(rule: UpdateRule, **fields: Any) -> EvaluationSpecification:
    """The same for a rule."""
    return of_behaviour(update_rule(rule), **fields)


def evaluated(specified: EvaluationSpecification, datasets_dir: Path) -> EvaluationResult:
    """What a training comes to that nobody watches."""
    return train(specified, lambda row: None, lambda: False, datasets_dir=datasets_dir)
