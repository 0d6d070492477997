"""The data of a problem, wherever they come from, verified by checksum."""

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from backend.problems.catalogue import get_problem
from backend.problems.problem import Problem
from worker.training.datasets.arrays import Arrays, DatasetUnavailable, cached
from worker.training.datasets.digits import read_digits
from worker.training.datasets.fashion_mnist import download_fashion_mnist, read_fashion_mnist
from worker.training.datasets.mnist_1d import generate_pool, generate_test

_reading = threading.Lock()


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
    return _obtain(problem.dataset, download, lambda: _pool(problem.dataset, problem.checksum, datasets_dir))


def load_test(problem: Problem, datasets_dir: Path | None, *, download: bool = True) -> Arrays:
    """A test set of its own; raises ValueError for a problem whose test part is cut from the pool."""
    checksum = problem.test_checksum
    if checksum is None:
        raise ValueError(f"The test part of {problem.name} is cut from its pool.")
    return _obtain(problem.dataset, download, lambda: _test(problem.dataset, checksum, datasets_dir))


# Two, because a worker may serve two runs in turn; the largest pool takes 47 MB.
@lru_cache(maxsize=2)
def _pool(dataset: str, checksum: str, datasets_dir: Path | None) -> Arrays:
    if dataset == "mnist-1d":
        return cached(dataset, checksum, datasets_dir, generate_pool)
    if dataset == "digits":
        return read_digits(checksum)
    return read_fashion_mnist("train", checksum, datasets_dir)


def _test(dataset: str, checksum: str, datasets_dir: Path | None) -> Arrays:
    if dataset == "mnist-1d":
        return cached("mnist-1d-test", checksum, datasets_dir, generate_test)
    return read_fashion_mnist("t10k", checksum, datasets_dir)


def _obtain(dataset: str, download: bool, read: Callable[[], Arrays]) -> Arrays:
    """Read what is on this machine, or else download it, if that is possible and wanted, and read it then."""
    try:
        return _alone(read)
    except DatasetUnavailable as missing:
        if not download or dataset != "fashion-mnist":
            raise
        try:
            download_fashion_mnist()
        except DatasetUnavailable as failed:
            raise DatasetUnavailable(f"{missing} {failed}") from None
    return _alone(read)


def _alone(read: Callable[[], Arrays]) -> Arrays:
    """A slot looks through its data sets in a thread of its own while it may already train: nothing is read twice."""
    with _reading:
        return read()
