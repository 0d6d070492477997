import random
from pathlib import Path

import numpy as np
import pytest

from backend.problems.catalogue import get_problem
from worker.training.datasets import mnist_1d
from worker.training.datasets.arrays import DatasetUnavailable
from worker.training.datasets.load import load_pool, load_test


def test_the_pool_has_the_published_size_and_the_known_content(datasets_dir: Path) -> None:
    pool = load_pool(get_problem("mnist-1d"), datasets_dir)
    assert pool.samples.shape == (4000, 40)
    assert pool.samples.dtype == np.float32
    assert set(pool.labels.tolist()) == set(range(10))


def test_the_test_set_is_another_one_of_ten_thousand(datasets_dir: Path) -> None:
    problem = get_problem("mnist-1d")
    test = load_test(problem, datasets_dir)
    assert test.samples.shape == (10_000, 40)
    pool = {sample.tobytes() for sample in load_pool(problem, datasets_dir).samples}
    assert not any(sample.tobytes() in pool for sample in test.samples)


def test_the_published_problem_has_the_packages_own_division(datasets_dir: Path) -> None:
    """The first 3200 of 4000 train; digits are shuffled, so that both parts hold all of them."""
    pool = load_pool(get_problem("mnist-1d-2025"), datasets_dir)
    assert pool.samples.shape == (4000, 40)
    assert set(pool.labels[:3200].tolist()) == set(pool.labels[3200:].tolist()) == set(range(10))
    assert np.bincount(pool.labels).tolist() == [400] * 10


def test_another_seed_draws_other_pools_and_test_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mnist_1d, "POOL_SAMPLES", 100)
    monkeypatch.setattr(mnist_1d, "TEST_SAMPLES", 100)
    drawn = [draw(seed) for draw in (mnist_1d.generate_pool, mnist_1d.generate_test) for seed in (None, 0, 1)]
    assert len({arrays.samples.tobytes() for arrays in drawn}) == 6
    assert mnist_1d.generate_pool(1).checksum == drawn[2].checksum


def test_generating_leaves_the_global_generators_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mnist_1d, "POOL_SAMPLES", 100)
    random.seed(1)
    np.random.seed(1)
    before = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]  # the legacy tuple
    mnist_1d.generate_pool(None)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before  # type: ignore[index]


def test_a_generator_that_fails_says_why_and_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "generate.py"
    script.write_text("raise ModuleNotFoundError(\"No module named 'mnist1d'\")")
    monkeypatch.setattr(mnist_1d, "GENERATOR", script)
    with pytest.raises(DatasetUnavailable, match=r"No module named 'mnist1d'.*pip install 'autolr\[worker\]'"):
        mnist_1d.generate_pool(None)


def test_a_generator_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "generate.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(mnist_1d, "GENERATOR", script)
    monkeypatch.setattr(mnist_1d, "TIME_LIMIT_SECONDS", 0.2)
    with pytest.raises(DatasetUnavailable, match="not generated within"):
        mnist_1d.generate_pool(None)
