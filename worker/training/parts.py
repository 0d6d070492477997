"""The parts that one evaluation reads, preprocessed and ready: never more of them than it needs."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import tensorflow as tf

from backend.problems.catalogue import get_problem
from backend.problems.folds import Indices, fold_indices, split
from backend.problems.problem import PartName, Parts, Problem
from backend.problems.specification import EvaluationSpecification, ScoredPart
from worker.training.datasets.arrays import Arrays
from worker.training.datasets.load import is_drawn, load_pool, load_test
from worker.training.preprocessing import FittedPreprocessing, fit


@dataclass(frozen=True, eq=False)
class Part:
    """Samples (number, *input shape) of float32 and labels (number,) of int32, as tensors."""

    samples: tf.Tensor
    labels: tf.Tensor
    size: int


@dataclass(frozen=True, eq=False)
class EvaluationParts:
    """What an evaluation trains on, stops by (where there is such a part), and is scored on."""

    train: Part
    validation: Part | None
    scored: Part


@dataclass(frozen=True)
class _Wanted:
    """What the parts of an evaluation depend on."""

    problem: str
    sizes: Parts
    folds: int
    fold: int
    data_seed: int | None
    scored: ScoredPart


def load_parts(specification: EvaluationSpecification, datasets_dir: Path | None) -> EvaluationParts:
    """The parts of the specification's fold; raises DatasetUnavailable.

    The test part is touched only where it is the one to score.
    """
    wanted = _Wanted(
        specification.problem,
        specification.parts,
        specification.folds,
        specification.fold,
        specification.data_seed,
        specification.scored_part,
    )
    return _load(wanted, datasets_dir)


# Two, because a worker may serve two runs in turn; a part of Fashion-MNIST takes up to 170 MB, one of CIFAR-10 530 MB.
@lru_cache(maxsize=2)
def _load(wanted: _Wanted, datasets_dir: Path | None) -> EvaluationParts:
    problem = get_problem(wanted.problem)
    pool = load_pool(problem, datasets_dir, data_seed=wanted.data_seed)
    indices = split(
        pool.labels, problem.parts, wanted.sizes, _split_seed(problem, wanted), test_in_pool=_test_in_pool(problem)
    )
    train = fold_indices(indices["train"], wanted.folds, wanted.fold)
    preprocess = fit(problem.preprocessing, pool.samples[train])

    def part(name: PartName) -> Part:
        return _part(pool, indices[name], preprocess)

    validation = part("validation") if wanted.sizes.validation else None
    if wanted.scored == "validation" and validation is not None:
        scored = validation
    elif wanted.scored == "test" and not _test_in_pool(problem):
        test = load_test(problem, datasets_dir, data_seed=wanted.data_seed)
        scored = _part(test, np.arange(wanted.sizes.test), preprocess)
    else:
        scored = part(wanted.scored)
    return EvaluationParts(_part(pool, train, preprocess), validation, scored)


def _split_seed(problem: Problem, wanted: _Wanted) -> int | None:
    """Data that are drawn anew are divided as ever; data that are always the same are divided anew."""
    return problem.split_seed if wanted.data_seed is None or is_drawn(problem) else wanted.data_seed


def _test_in_pool(problem: Problem) -> bool:
    return problem.test_checksum is None


def _part(arrays: Arrays, chosen: Indices, preprocess: FittedPreprocessing) -> Part:
    samples = tf.constant(preprocess(arrays.samples[chosen]))
    return Part(samples, tf.constant(arrays.labels[chosen].astype(np.int32)), len(chosen))
