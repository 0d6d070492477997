import hashlib
import tarfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.problems.catalogue import get_problem
from worker.training.datasets import cifar_10
from worker.training.datasets.arrays import DatasetUnavailable
from worker.training.datasets.cifar_10 import ARCHIVE, FILES, FOLDER, read_cifar_10
from worker.training.datasets.load import available, load_pool, load_test

PER_FILE = 20


@pytest.fixture(autouse=True)
def small_files(cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files have 20 images, two of each class."""
    monkeypatch.setattr(cifar_10, "IMAGES_PER_FILE", PER_FILE)


def labels(of: int = PER_FILE) -> NDArray[np.uint8]:
    return np.arange(of, dtype=np.uint8) % 10


def planes(label: int) -> bytes:
    """A label; red is its label everywhere, green the row, blue the column."""
    rows, columns = np.mgrid[:32, :32].astype(np.uint8)
    return bytes([label]) + bytes([label]) * 1024 + rows.tobytes() + columns.tobytes()


def write(folder: Path, chosen: NDArray[np.uint8] | None = None) -> Path:
    """Write all six files of the binary version."""
    unpacked = folder / FOLDER
    unpacked.mkdir(parents=True)
    for names in FILES.values():
        for name in names:
            (unpacked / name).write_bytes(b"".join(map(planes, labels() if chosen is None else chosen)))
    return unpacked


def pack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the archive of them alone, and take its checksum for the published one."""
    unpacked = write(folder)
    archive = folder / ARCHIVE
    with tarfile.open(archive, "w:gz") as made:
        made.add(unpacked, FOLDER)
    for file in unpacked.iterdir():
        file.unlink()
    monkeypatch.setattr(cifar_10, "ARCHIVE_MD5", hashlib.md5(archive.read_bytes(), usedforsecurity=False).hexdigest())
    return archive


@pytest.mark.parametrize("folder", ["own/cifar-10", "own", "cache/keras/datasets"])
def test_it_is_found_in_the_users_folder_and_kerass(folder: str, tmp_path: Path) -> None:
    write(tmp_path / folder)
    train, test = (read_cifar_10(half, tmp_path / "own") for half in FILES)
    assert (train.samples.shape, test.samples.shape) == ((100, 32, 32, 3), (20, 32, 32, 3))
    assert np.array_equal(test.labels, labels())
    assert train.samples.dtype == train.labels.dtype == np.uint8


def test_colours_are_the_last_axis_and_rows_the_first(tmp_path: Path) -> None:
    write(tmp_path)
    image = read_cifar_10("test", tmp_path).samples[7]
    assert image[3, 9].tolist() == [7, 3, 9]


def test_the_archive_is_read_as_it_was_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path, monkeypatch)
    assert np.array_equal(read_cifar_10("train", tmp_path).labels, np.tile(labels(), 5))
    assert not any((tmp_path / FOLDER).iterdir())


def test_an_archive_with_another_checksum_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = pack(tmp_path, monkeypatch)
    archive.write_bytes(archive.read_bytes()[:-1] + b"x")
    with pytest.raises(DatasetUnavailable, match=r"does not have the MD5 [0-9a-f]{32} that its authors publish"):
        read_cifar_10("train", tmp_path)


def test_a_file_of_another_size_is_refused_with_both_sizes(tmp_path: Path) -> None:
    file = write(tmp_path) / "data_batch_3.bin"
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(
        DatasetUnavailable, match=r"data_batch_3.bin is damaged: it holds 61,455 bytes instead of 20 im"
    ):
        read_cifar_10("train", tmp_path)
    assert len(read_cifar_10("test", tmp_path).labels) == 20


def test_a_label_that_no_class_has_is_refused(tmp_path: Path) -> None:
    write(tmp_path, np.where(labels() == 9, 10, labels()).astype(np.uint8))
    with pytest.raises(DatasetUnavailable, match="it has a label 10; 0 to 9 are allowed"):
        read_cifar_10("test", tmp_path)


def test_other_images_in_the_same_form_are_refused_by_the_count_of_a_class(tmp_path: Path) -> None:
    write(tmp_path, np.where(labels() == 4, 5, labels()).astype(np.uint8))
    with pytest.raises(DatasetUnavailable, match="train files hold 0 images of class 4 instead of 10"):
        read_cifar_10("train", tmp_path)


def test_half_of_it_is_none_of_it(tmp_path: Path) -> None:
    (write(tmp_path) / "test_batch.bin").unlink()
    with pytest.raises(DatasetUnavailable, match="has neither cifar-10-batches-bin with all its files nor"):
        read_cifar_10("train", tmp_path)


def test_a_damaged_copy_is_passed_over_for_a_whole_one(tmp_path: Path, cache_home: Path) -> None:
    (write(tmp_path) / "test_batch.bin").write_bytes(b"torn")
    write(cache_home / "keras" / "datasets")
    assert len(read_cifar_10("test", tmp_path).labels) == 20


def test_pickles_that_keras_has_fetched_are_left_alone(tmp_path: Path, cache_home: Path) -> None:
    pickles = cache_home / "keras" / "datasets" / "cifar-10-batches-py"
    pickles.mkdir(parents=True)
    (pickles / "test_batch").write_bytes(b"not to be opened")
    with pytest.raises(DatasetUnavailable, match="holds pickles and is not read"):
        read_cifar_10("test", tmp_path)


def test_where_it_is_missing_the_message_says_what_was_tried_and_how_to_get_it(tmp_path: Path) -> None:
    why = available("cifar-10", tmp_path, download=True)
    assert why is not None
    for part in (str(tmp_path), "keras", ARCHIVE, FOLDER, "test_batch.bin", "AUTOLR_DATASETS_DIR", "get_file"):
        assert part in why


def test_the_problem_reads_both_halves(tmp_path: Path) -> None:
    write(tmp_path)
    problem = get_problem("cifar-10")
    assert available("cifar-10", tmp_path, download=False) is None
    assert load_pool(problem, tmp_path).samples.shape == (100, 32, 32, 3)
    assert load_test(problem, tmp_path).samples.shape == (20, 32, 32, 3)
