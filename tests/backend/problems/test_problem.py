from dataclasses import replace

import pytest

from backend.problems.catalogue import get_problem
from backend.problems.problem import (
    Augmentation,
    Parts,
    check_parts,
    layer_parameters,
    most_to_share,
    parameter_count,
    trainable_parameter_count,
)


def test_parts_become_json_and_come_back() -> None:
    parts = Parts(2800, 400, 800, 10_000)
    assert Parts.from_json(parts.to_json()) == parts


def test_a_training_part_without_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="train has 0 samples; it needs at least 1"):
        Parts(train=0, validation=10, fitness=10, test=10)


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


def test_the_digest_does_not_change_with_the_number_of_samples_that_no_part_has() -> None:
    problem = get_problem("fashion-mnist-denser")
    assert problem.unused == 50_000
    assert replace(problem, unused=0).digest == problem.digest


@pytest.mark.parametrize(
    ("name", "divided_off"), [("digits", True), ("mnist-1d", False), ("fashion-mnist", False), ("mnist-1d-2025", False)]
)
def test_a_test_set_of_its_own_or_none_cannot_get_into_the_other_parts(name: str, divided_off: bool) -> None:
    assert get_problem(name).cuts_test_from_pool == divided_off


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


@pytest.mark.parametrize(
    ("name", "train", "validation"),
    [("fashion-mnist-denser", 52_500, 7500), ("fashion-mnist", 53_000, 7000), ("digits", 1300, 200)],
)
def test_without_a_fitness_part_the_others_share_the_pool(name: str, train: int, validation: int) -> None:
    problem = get_problem(name)
    assert most_to_share(problem) == train + validation
    check_parts(problem, Parts(train, validation, 0, problem.parts.test))
    with pytest.raises(
        ValueError, match=rf"are to have {train + validation + 1} samples; {name} has {train + validation} "
    ):
        check_parts(problem, Parts(train + 1, validation, 0, problem.parts.test))


def test_with_a_fitness_part_no_part_is_larger_than_its_own() -> None:
    with pytest.raises(ValueError, match="train is to have 7001 samples; the problem has 7000"):
        check_parts(get_problem("fashion-mnist-denser"), Parts(7001, 1500, 1500, 0))


def test_the_test_part_never_grows() -> None:
    with pytest.raises(ValueError, match="test is to have 298 samples; the problem has 297"):
        check_parts(get_problem("digits"), Parts(1000, 200, 0, 298))
