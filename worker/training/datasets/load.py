"""The data of a problem, wherever they come from, verified by checksum where one is known."""

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from backend.problems.catalogue import get_problem
from backend.problems.problem import Problem
from worker.training.datasets.arrays import Arrays, DatasetUnavailable, cache_folders, cached, forget_oldest
from worker.training.datasets.cifar_10 import read_cifar_10
from worker.training.datasets.digits import read_digits
from worker.training.datasets.fashion_mnist import download_fashion_mnist, read_fashion_mnist
from worker.training.datasets.mnist_1d import generate_pool, generate_published, generate_test

# Pools and test sets that a generator draws, from a seed or as declared; all others are files.
_DRAWN_POOLS: Mapping[str, Callable[[int | None], Arrays]] = MappingProxyType(
    {"mnist-1d": generate_pool, "mnist-1d-2025": generate_published}
)
_DRAWN_TESTS: Mapping[str, Callable[[int | None], Arrays]] = MappingProxyType({"mnist-1d": generate_test})

# Files of a problem's data that were drawn anew, 1 or 2 MB each: a benchmark reads them again within a few trials.
_MOST_KEPT = 128

_reading = threading.Lock()


def is_drawn(problem: Problem) -> bool:
    """Whether a generator draws the problem's data, so that another seed draws others."""
    return problem.dataset in _DRAWN_POOLS


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


def load_pool(
    problem: Problem, datasets_dir: Path | None, *, download: bool = True, data_seed: int | None = None
) -> Arrays:
    """The samples that train, validation and fitness part are cut from; raises DatasetUnavailable.

    With a `data_seed`, data that are drawn are drawn from that, and no checksum applies; others stay the same.
    """
    seed = data_seed if is_drawn(problem) else None
    return _obtain(problem.dataset, download, lambda: _pool(problem.dataset, problem.checksum, seed, datasets_dir))


def load_test(
    problem: Problem, datasets_dir: Path | None, *, download: bool = True, data_seed: int | None = None
) -> Arrays:
    """A test set of its own, drawn like the pool; raises ValueError where the test part is cut from the pool."""
    checksum = problem.test_checksum
    if checksum is None:
        raise ValueError(f"The test part of {problem.name} is cut from its pool.")
    seed = data_seed if is_drawn(problem) else None
    return _obtain(problem.dataset, download, lambda: _test(problem.dataset, checksum, seed, datasets_dir))


# Two, because a worker may serve two runs in turn; the largest pool takes 154 MB.
@lru_cache(maxsize=2)
def _pool(dataset: str, checksum: str, data_seed: int | None, datasets_dir: Path | None) -> Arrays:
    if dataset in _DRAWN_POOLS:
        return _drawn(dataset, checksum, data_seed, datasets_dir, _DRAWN_POOLS[dataset])
    if dataset == "digits":
        return read_digits(checksum)
    if dataset == "cifar-10":
        return read_cifar_10("train", datasets_dir)
    return read_fashion_mnist("train", checksum, datasets_dir)


def _test(dataset: str, checksum: str, data_seed: int | None, datasets_dir: Path | None) -> Arrays:
    if dataset in _DRAWN_TESTS:
        return _drawn(f"{dataset}-test", checksum, data_seed, datasets_dir, _DRAWN_TESTS[dataset])
    if dataset == "cifar-10":
        return read_cifar_10("test", datasets_dir)
    return read_fashion_mnist("t10k", checksum, datasets_dir)


def _drawn(
    name: str, checksum: str, data_seed: int | None, datasets_dir: Path | None, draw: Callable[[int | None], Arrays]
) -> Arrays:
    if data_seed is None:
        return cached(name, checksum, datasets_dir, lambda: draw(None))

    def make() -> Arrays:
        forget_oldest(cache_folders(datasets_dir), f"{name}-seed-*.npz", _MOST_KEPT - 1)
        return draw(data_seed)

    return cached(f"{name}-seed-{data_seed}", None, datasets_dir, make)


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
