"""The data of a problem, wherever they come from, verified by checksum."""

from functools import lru_cache
from pathlib import Path

from backend.problems.catalogue import get_problem
from backend.problems.problem import Problem
from worker.training.datasets.arrays import Arrays, DatasetUnavailable, cached
from worker.training.datasets.digits import read_digits
from worker.training.datasets.fashion_mnist import read_fashion_mnist
from worker.training.datasets.mnist_1d import generate_pool, generate_test


def available(problem_name: str, datasets_dir: Path | None, *, download: bool = True) -> str | None:
    """None if the problem's data can be loaded here, else why not and how to get them.

    Data that are missing are generated, and with `download` downloaded, which may take minutes where a
    network swallows packets; without it the answer takes seconds at most.
    """
    try:
        load_pool(get_problem(problem_name), datasets_dir, download=download)
    except DatasetUnavailable as reason:
        return str(reason)
    return None


def load_pool(problem: Problem, datasets_dir: Path | None, *, download: bool = True) -> Arrays:
    """The samples that train, validation and fitness part are cut from; raises DatasetUnavailable."""
    return _pool(problem.dataset, problem.checksum, datasets_dir, download)


@lru_cache(maxsize=2)
def _pool(dataset: str, checksum: str, datasets_dir: Path | None, download: bool) -> Arrays:
    if dataset == "mnist-1d":
        return cached(dataset, checksum, datasets_dir, generate_pool)
    if dataset == "digits":
        return read_digits(checksum)
    return read_fashion_mnist("train", checksum, datasets_dir, download=download)


def load_test(problem: Problem, datasets_dir: Path | None, *, download: bool = True) -> Arrays:
    """A test set of its own; raises ValueError for a problem whose test part is cut from the pool."""
    if problem.test_checksum is None:
        raise ValueError(f"The test part of {problem.name} is cut from its pool.")
    if problem.dataset == "mnist-1d":
        return cached("mnist-1d-test", problem.test_checksum, datasets_dir, generate_test)
    return read_fashion_mnist("t10k", problem.test_checksum, datasets_dir, download=download)
