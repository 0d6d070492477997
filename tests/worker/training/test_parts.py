from pathlib import Path

import numpy as np

from backend.problems.catalogue import get_problem
from backend.problems.problem import Parts
from tests.worker.training.specifications import specification
from worker.training.datasets.load import load_pool
from worker.training.parts import load_parts

DIGITS = {"problem": "digits", "batch_size": 50}


def test_parts_have_the_wanted_sizes_and_the_networks_types(datasets_dir: Path) -> None:
    parts = load_parts(specification(0.1, parts=Parts(500, 100, 150, 0), **DIGITS), datasets_dir)
    assert [part.size for part in (parts.train, parts.validation, parts.scored)] == [500, 100, 150]
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
    read = sum(part.size for part in (parts.train, parts.validation, parts.scored))
    assert len(pool.labels) - read == get_problem("digits").parts.test
