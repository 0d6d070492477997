import os
from pathlib import Path

import numpy as np
import pytest

from worker.training.datasets.arrays import Arrays, DatasetUnavailable, cached, forget_oldest, read_arrays, write_arrays

ARRAYS = Arrays(np.arange(12, dtype=np.float32).reshape(4, 3), np.array([0, 1, 2, 1], dtype=np.uint8))
OTHER = Arrays(ARRAYS.samples + 1, ARRAYS.labels)


def _never() -> Arrays:
    raise AssertionError("made again")


def test_arrays_are_written_and_read(tmp_path: Path) -> None:
    write_arrays(ARRAYS, tmp_path / "new" / "some.npz")
    read = read_arrays(tmp_path / "new" / "some.npz")
    assert read is not None
    assert read.checksum == ARRAYS.checksum


def test_nothing_but_the_file_remains_in_its_folder(tmp_path: Path) -> None:
    write_arrays(ARRAYS, tmp_path / "some.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["some.npz"]


def test_values_types_shapes_and_labels_are_in_the_checksum() -> None:
    others = [
        OTHER,
        Arrays(ARRAYS.samples.astype(np.float64), ARRAYS.labels),
        Arrays(ARRAYS.samples.reshape(4, 3, 1), ARRAYS.labels),
        Arrays(ARRAYS.samples, ARRAYS.labels[::-1]),
    ]
    assert len({ARRAYS.checksum, *(other.checksum for other in others)}) == 5


def test_the_checksum_does_not_depend_on_the_layout_in_memory() -> None:
    assert Arrays(np.asfortranarray(ARRAYS.samples), ARRAYS.labels).checksum == ARRAYS.checksum
    assert Arrays(ARRAYS.samples.astype(">f4"), ARRAYS.labels).checksum == ARRAYS.checksum


def test_they_are_made_once(tmp_path: Path) -> None:
    made = cached("some", ARRAYS.checksum, tmp_path, lambda: ARRAYS)
    kept = cached("some", ARRAYS.checksum, tmp_path, _never)
    assert made.checksum == kept.checksum
    assert (tmp_path / "some.npz").exists()


def test_of_many_files_the_newest_are_kept_and_those_of_other_names_stay(tmp_path: Path) -> None:
    for age, name in enumerate(["drawn-3", "drawn-1", "drawn-2", "other-1"]):
        write_arrays(ARRAYS, tmp_path / f"{name}.npz")
        os.utime(tmp_path / f"{name}.npz", (1000.0 - age, 1000.0 - age))
    forget_oldest([tmp_path, tmp_path / "missing"], "drawn-*.npz", 2)
    assert {path.name for path in tmp_path.iterdir()} == {"drawn-3.npz", "drawn-1.npz", "other-1.npz"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn"])
def test_a_damaged_file_is_made_again(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "some.npz").write_bytes(content)
    assert cached("some", ARRAYS.checksum, tmp_path, lambda: ARRAYS).checksum == ARRAYS.checksum
    assert cached("some", ARRAYS.checksum, tmp_path, _never).checksum == ARRAYS.checksum


def test_a_file_of_other_content_is_made_again(tmp_path: Path) -> None:
    write_arrays(OTHER, tmp_path / "some.npz")
    assert cached("some", ARRAYS.checksum, tmp_path, lambda: ARRAYS).checksum == ARRAYS.checksum


def test_without_a_folder_of_the_users_they_are_kept_in_the_systems_cache(cache_home: Path) -> None:
    cached("some", ARRAYS.checksum, None, lambda: ARRAYS)
    assert (cache_home / "autolr" / "datasets" / "some.npz").exists()


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path, cache_home: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    cached("some", ARRAYS.checksum, tmp_path / "file", lambda: ARRAYS)
    assert (cache_home / "autolr" / "datasets" / "some.npz").exists()


def test_arrays_that_come_out_different_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetUnavailable, match="some came out different here"):
        cached("some", ARRAYS.checksum, tmp_path, lambda: OTHER)
    assert not list(tmp_path.iterdir())
