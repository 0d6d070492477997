from dataclasses import replace

import pytest

from backend.problems.catalogue import get_problem
from backend.problems.problem import (
    Augmentation,
    Parts,
    layer_parameters,
    parameter_count,
    trainable_parameter_count,
)


def test_parts_become_json_and_come_back() -> None:
    parts = Parts(2800, 400, 800, 10_000)
    assert Parts.from_json(parts.to_json()) == parts


@pytest.mark.parametrize("name", ["train", "fitness"])
def test_a_part_without_samples_is_refused_by_name(name: str) -> None:
    sizes = {"train": 10, "validation": 10, "fitness": 10, "test": 10, name: 0}
    with pytest.raises(ValueError, match=f"{name} has 0 samples; it needs at least 1"):
        Parts(**sizes)


def test_a_problem_may_have_neither_validation_nor_test_part() -> None:
    parts = Parts(train=10, validation=0, fitness=10, test=0)
    assert (parts.validation, parts.test) == (0, 0)
    with pytest.raises(ValueError, match="validation has -1 samples; it needs at least 0"):
        Parts(train=10, validation=-1, fitness=10, test=0)


def test_a_part_larger_than_the_problems_own_is_refused_with_both_sizes() -> None:
    with pytest.raises(ValueError, match=r"fitness is to have 801 samples; the problem has 800"):
        Parts(100, 100, 801, 0).check_within(Parts(2800, 400, 800, 10_000))


def test_the_digest_changes_with_all_that_changes_a_training() -> None:
    problem = get_problem("fashion-mnist-denser")
    changed = [
        replace(problem, checksum="other"),
        replace(problem, split_seed=2),
        replace(problem, layers=problem.layers[1:]),
        replace(problem, augmentation=None),
        replace(problem, preprocessing=replace(problem.preprocessing, standardise=False)),
    ]
    assert len({problem.digest, *(other.digest for other in changed)}) == 6


def test_the_digest_does_not_change_with_the_words() -> None:
    problem = get_problem("digits")
    assert replace(problem, title="Ziffern", description="Echte Ziffern").digest == problem.digest


def test_layers_of_equal_fields_but_different_kinds_have_different_digests() -> None:
    # Flatten has no fields at all, so only its name can tell it from another such layer.
    problem = get_problem("digits")
    kinds = {type(layer).__name__ for layer in problem.layers}
    assert "Flatten" in kinds
    assert replace(problem, layers=problem.layers[:4] + problem.layers[5:]).digest != problem.digest


def test_kept_statistics_are_parameters_that_the_gradient_does_not_change() -> None:
    problem = get_problem("fashion-mnist-denser")
    assert layer_parameters(problem)[1] == (146, 146)
    assert parameter_count(problem) - trainable_parameter_count(problem) == 146


def test_an_augmentation_describes_itself() -> None:
    assert Augmentation(20.0, 0.2, flip=True).words() == (
        "rotation up to 20°, shifts up to 0.2 of a side, horizontal flip"
    )
    assert Augmentation(5.0, 0.1, flip=False).words() == "rotation up to 5°, shifts up to 0.1 of a side"
