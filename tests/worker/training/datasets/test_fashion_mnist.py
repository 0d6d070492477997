import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.problems.catalogue import get_problem
from worker.training.datasets import fashion_mnist
from worker.training.datasets.arrays import Arrays, DatasetUnavailable
from worker.training.datasets.fashion_mnist import DEBIAN_FOLDER, download_fashion_mnist, read_fashion_mnist

IMAGES = np.arange(2 * 28 * 28, dtype=np.uint32).astype(np.uint8).reshape(2, 28, 28)
LABELS = np.array([3, 9], dtype=np.uint8)
CHECKSUM = Arrays(IMAGES[..., np.newaxis], LABELS).checksum


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's package is hidden, and downloading fails at once."""
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", tmp_path / "debian")
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD", "raise OSError('no network')")


def _write(folder: Path, half: str = "train") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind, array in (("images-idx3", IMAGES), ("labels-idx1", LABELS)):
        (folder / f"{half}-{kind}-ubyte.gz").write_bytes(gzip.compress(_idx(array)))


def _idx(array: NDArray[np.uint8]) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


@pytest.mark.parametrize("folder", ["own/fashion-mnist", "own", "debian", "cache/keras/datasets/fashion-mnist"])
def test_it_is_found_in_the_users_folder_debians_and_kerass(folder: str, tmp_path: Path) -> None:
    _write(tmp_path / folder)
    arrays = read_fashion_mnist("train", CHECKSUM, tmp_path / "own")
    assert arrays.samples.shape == (2, 28, 28, 1)
    assert arrays.labels.tolist() == [3, 9]


def test_the_two_halves_are_different_files(tmp_path: Path) -> None:
    _write(tmp_path, "t10k")
    assert len(read_fashion_mnist("t10k", CHECKSUM, tmp_path).labels) == 2
    with pytest.raises(DatasetUnavailable):
        read_fashion_mnist("train", CHECKSUM, tmp_path)


def test_a_damaged_copy_is_passed_over_for_a_whole_one(tmp_path: Path) -> None:
    _write(tmp_path / "own")
    (tmp_path / "own" / "train-images-idx3-ubyte.gz").write_bytes(b"torn")
    _write(tmp_path / "debian")
    assert read_fashion_mnist("train", CHECKSUM, tmp_path / "own").checksum == CHECKSUM


def test_other_data_under_the_same_names_are_refused(tmp_path: Path) -> None:
    _write(tmp_path)
    with pytest.raises(DatasetUnavailable, match="are not Fashion-MNIST as published"):
        read_fashion_mnist("train", "another checksum", tmp_path)


def test_when_it_is_nowhere_the_message_says_what_was_tried_and_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DatasetUnavailable) as caught:
        read_fashion_mnist("train", CHECKSUM, tmp_path)
    for part in (str(tmp_path), "keras", "apt install dataset-fashion-mnist", "AUTOLR_DATASETS_DIR"):
        assert part in str(caught.value)


def test_a_download_that_fails_says_why() -> None:
    with pytest.raises(DatasetUnavailable, match=r"failed \(OSError: no network\)"):
        download_fashion_mnist()


def test_a_download_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD", "import time; time.sleep(60)")
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD_LIMIT_SECONDS", 0.2)
    with pytest.raises(DatasetUnavailable, match="took more than"):
        download_fashion_mnist()


@pytest.mark.parametrize(("half", "size"), [("train", 60_000), ("t10k", 10_000)])
def test_debians_package_is_the_published_data(
    half: fashion_mnist.Half, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not DEBIAN_FOLDER.exists():
        pytest.skip("Fashion-MNIST is not installed (Debian: apt-get install dataset-fashion-mnist)")
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", DEBIAN_FOLDER)
    problem = get_problem("fashion-mnist")
    checksum = problem.checksum if half == "train" else problem.test_checksum
    assert checksum is not None
    arrays = read_fashion_mnist(half, checksum, None)
    assert arrays.samples.shape == (size, 28, 28, 1)
