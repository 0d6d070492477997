from pathlib import Path

import numpy as np

from backend.expressions.arrays import Floats
from backend.problems.catalogue import get_problem
from backend.problems.problem import Parts
from tests.worker.training.specifications import specification
from worker.training.datasets.load import load_pool, load_test
from worker.training.parts import EvaluationParts, Part, load_parts

DIGITS = {"problem": "digits", "batch_size": 50}


def test_parts_have_the_wanted_sizes_and_the_networks_types(datasets_dir: Path) -> None:
    parts = load_parts(specification(0.1, parts=Parts(500, 100, 150, 0), **DIGITS), datasets_dir)
    assert [part.size for part in _all(parts)] == [500, 100, 150]
    assert parts.train.samples.shape == (500, 8, 8, 1)
    assert (parts.train.samples.dtype, parts.train.labels.dtype) == ("float32", "int32")


def test_folds_share_validation_and_fitness_samples_but_no_training_sample(datasets_dir: Path) -> None:
    folds = [
        load_parts(specification(0.1, parts=Parts(1000, 100, 150, 0), folds=2, fold=fold, **DIGITS), datasets_dir)
        for fold in (0, 1)
    ]
    assert [fold.train.size for fold in folds] == [500, 500]
    assert np.array_equal(folds[0].scored.labels, folds[1].scored.labels)
    assert not np.array_equal(folds[0].train.labels, folds[1].train.labels)


def test_statistics_are_those_of_the_training_part_alone(datasets_dir: Path) -> None:
    parts = load_parts(specification(0.1, parts=Parts(500, 100, 150, 0), **DIGITS), datasets_dir)
    assert np.allclose(parts.train.samples.numpy().mean(axis=0), 0, atol=1e-6)
    assert np.abs(parts.scored.samples.numpy().mean(axis=0)).max() > 1e-3


def test_the_test_part_is_not_touched(datasets_dir: Path) -> None:
    specified = specification(0.1, parts=get_problem("digits").parts, **DIGITS)
    parts = load_parts(specified, datasets_dir)
    pool = load_pool(get_problem("digits"), datasets_dir)
    read = sum(part.size for part in _all(parts))
    assert len(pool.labels) - read == get_problem("digits").parts.test


def test_the_validation_part_is_scored_where_that_is_said(datasets_dir: Path) -> None:
    parts = load_parts(specification(0.1, scored_part="validation"), datasets_dir)
    assert parts.scored is parts.validation


def test_a_test_part_of_the_pool_is_none_of_the_others(datasets_dir: Path) -> None:
    own = get_problem("digits").parts
    fitness, test = (
        load_parts(specification(0.1, parts=own, scored_part=part, **DIGITS), datasets_dir)
        for part in ("fitness", "test")
    )
    assert (fitness.scored.size, test.scored.size) == (300, 297)
    others = {sample.tobytes() for part in (test.train, test.validation, fitness.scored) for sample in _samples(part)}
    assert not any(sample.tobytes() in others for sample in _samples(test.scored))


def test_a_test_set_of_its_own_is_preprocessed_like_the_training_part(datasets_dir: Path) -> None:
    specified = specification(0.1, parts=Parts(700, 100, 200, 50), scored_part="test")
    scored = load_parts(specified, datasets_dir).scored
    test = load_test(get_problem("mnist-1d"), datasets_dir)
    assert np.array_equal(scored.samples, test.samples[:50])
    assert np.array_equal(scored.labels, test.labels[:50])


def test_a_problem_without_validation_part_has_none(datasets_dir: Path) -> None:
    parts = load_parts(
        specification(0.1, problem="mnist-1d-2025", parts=get_problem("mnist-1d-2025").parts), datasets_dir
    )
    assert (parts.train.size, parts.validation, parts.scored.size) == (3200, None, 800)
    pool = load_pool(get_problem("mnist-1d-2025"), datasets_dir)
    assert np.array_equal(parts.scored.labels, pool.labels[3200:])


def test_with_a_seed_of_the_data_the_same_samples_are_divided_anew(datasets_dir: Path) -> None:
    own = get_problem("digits").parts
    declared, anew = (
        load_parts(specification(0.1, parts=own, data_seed=seed, **DIGITS), datasets_dir) for seed in (None, 9)
    )
    assert declared.train.size == anew.train.size
    assert not np.array_equal(declared.scored.labels, anew.scored.labels)


def test_with_a_seed_of_the_data_others_are_drawn_where_they_can_be(datasets_dir: Path) -> None:
    chosen = {"parts": Parts(700, 100, 200, 50), "scored_part": "test", "data_seed": 3}
    drawn = load_parts(specification(0.1, **chosen), datasets_dir)
    test = load_test(get_problem("mnist-1d"), datasets_dir, data_seed=3)
    assert np.array_equal(drawn.scored.samples, test.samples[:50])
    assert not np.array_equal(drawn.scored.samples, load_test(get_problem("mnist-1d"), datasets_dir).samples[:50])


def _all(parts: EvaluationParts) -> list[Part]:
    return [part for part in (parts.train, parts.validation, parts.scored) if part is not None]


def _samples(part: Part | None) -> Floats:
    assert part is not None
    samples: Floats = part.samples.numpy()
    return samples


def test_without_a_fitness_part_all_but_the_test_part_is_trained_on_and_validated_with(datasets_dir: Path) -> None:
    own = get_problem("digits").parts
    shared = Parts(1200, 300, 0, own.test)
    parts = load_parts(specification(0.1, parts=shared, scored_part="test", **DIGITS), datasets_dir)
    usual = load_parts(specification(0.1, parts=own, scored_part="test", **DIGITS), datasets_dir)
    assert [part.size for part in _all(parts)] == [1200, 300, 297]
    assert np.array_equal(parts.scored.labels, usual.scored.labels)
