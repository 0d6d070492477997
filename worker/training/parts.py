"""The parts that one evaluation reads, preprocessed and ready: never more of them than it needs."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from backend.problems.catalogue import get_problem
from backend.problems.folds import fold_indices, split
from backend.problems.problem import Parts
from backend.problems.specification import EvaluationSpecification
from worker.training.datasets.load import load_pool
from worker.training.preprocessing import FittedPreprocessing, fit


@dataclass(frozen=True, eq=False)
class Part:
    """Samples (number, *input shape) of float32 and labels (number,) of int32, as tensors."""

    samples: tf.Tensor
    labels: tf.Tensor
    size: int


@dataclass(frozen=True, eq=False)
class EvaluationParts:
    """What an evaluation trains on, stops by, and is scored on."""

    train: Part
    validation: Part
    scored: Part


def load_parts(specification: EvaluationSpecification, datasets_dir: Path | None) -> EvaluationParts:
    """The parts of the specification's fold; raises DatasetUnavailable. The test part is not touched."""
    return _load(specification.problem, specification.parts, specification.folds, specification.fold, datasets_dir)


# Two, because a worker may serve two runs in turn; a part of Fashion-MNIST takes up to 170 MB.
@lru_cache(maxsize=2)
def _load(name: str, sizes: Parts, folds: int, fold: int, datasets_dir: Path | None) -> EvaluationParts:
    problem = get_problem(name)
    pool = load_pool(problem, datasets_dir)
    indices = split(pool.labels, problem.parts, sizes, problem.split_seed, test_in_pool=problem.test_checksum is None)
    train = fold_indices(indices["train"], folds, fold)
    preprocess = fit(problem.preprocessing, pool.samples[train])

    def part(chosen: NDArray[np.int64]) -> Part:
        return _part(pool.samples[chosen], pool.labels[chosen], preprocess)

    return EvaluationParts(part(train), part(indices["validation"]), part(indices["fitness"]))


def _part(raw: NDArray[Any], labels: NDArray[np.uint8], preprocess: FittedPreprocessing) -> Part:
    samples = tf.constant(preprocess(raw))
    return Part(samples, tf.constant(labels.astype(np.int32)), len(labels))
