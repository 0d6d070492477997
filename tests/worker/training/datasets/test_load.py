from pathlib import Path

import numpy as np
import pytest

from backend.problems.catalogue import UnknownProblem, get_problem
from worker.training.datasets import fashion_mnist
from worker.training.datasets.arrays import read_arrays
from worker.training.datasets.fashion_mnist import DEBIAN_FOLDER
from worker.training.datasets.load import available, is_drawn, load_pool, load_test


@pytest.mark.parametrize("name", ["mnist-1d", "digits", "mnist-1d-2025"])
def test_what_needs_no_download_is_available_everywhere(name: str, datasets_dir: Path) -> None:
    assert available(name, datasets_dir, download=False) is None


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's package is hidden, and downloading fails at once."""
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", tmp_path / "debian")
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD", "raise OSError('no network')")


@pytest.mark.usefixtures("nothing_installed")
def test_what_cannot_be_had_says_how_to_get_it(tmp_path: Path) -> None:
    why = available("fashion-mnist-denser", tmp_path, download=True)
    assert why is not None
    assert "apt install dataset-fashion-mnist" in why
    assert "no network" in why


@pytest.mark.usefixtures("nothing_installed")
def test_nothing_is_downloaded_unless_allowed(tmp_path: Path) -> None:
    why = available("fashion-mnist", tmp_path, download=False)
    assert why is not None
    assert "no network" not in why


@pytest.mark.usefixtures("nothing_installed")
def test_what_was_downloaded_is_read(tmp_path: Path, cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not DEBIAN_FOLDER.exists():
        pytest.skip("Fashion-MNIST is not installed (Debian: apt-get install dataset-fashion-mnist)")
    near = cache_home / "keras" / "datasets" / "fashion-mnist"
    download = f"import shutil; shutil.copytree({str(DEBIAN_FOLDER)!r}, {str(near)!r})"
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD", download)
    assert available("fashion-mnist", tmp_path, download=False) is not None
    assert available("fashion-mnist", tmp_path, download=True) is None
    assert load_test(get_problem("fashion-mnist"), tmp_path).samples.shape == (10_000, 28, 28, 1)


def test_an_unknown_problem_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownProblem):
        available("mnist", tmp_path)


def test_the_pool_is_read_once_for_all_problems_of_a_data_set(datasets_dir: Path) -> None:
    assert load_pool(get_problem("digits"), datasets_dir) is load_pool(get_problem("digits"), datasets_dir)


def test_a_test_part_that_is_cut_from_the_pool_has_no_data_set_of_its_own(datasets_dir: Path) -> None:
    with pytest.raises(ValueError, match="digits is cut from its pool"):
        load_test(get_problem("digits"), datasets_dir)


def test_data_that_are_drawn_are_others_for_another_seed_and_kept(datasets_dir: Path) -> None:
    problem = get_problem("mnist-1d-2025")
    declared, other = load_pool(problem, datasets_dir), load_pool(problem, datasets_dir, data_seed=2025)
    assert declared.samples.shape == other.samples.shape
    assert not np.array_equal(declared.samples, other.samples)
    kept = read_arrays(datasets_dir / "mnist-1d-2025-seed-2025.npz")
    assert kept is not None
    assert kept.checksum == other.checksum


def test_data_that_are_files_are_the_same_for_every_seed(datasets_dir: Path) -> None:
    problem = get_problem("digits")
    assert not is_drawn(problem)
    assert load_pool(problem, datasets_dir, data_seed=5) is load_pool(problem, datasets_dir)
