import gzip
from pathlib import Path

import numpy as np
import pytest

from worker.training.datasets.idx import DamagedFile, read_idx

WHOLE = bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]) + bytes(range(6))


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "some.gz"
    path.write_bytes(content)
    return path


def test_bytes_come_in_the_shape_that_the_header_says(tmp_path: Path) -> None:
    array = read_idx(_file(tmp_path, gzip.compress(WHOLE)))
    assert np.array_equal(array, np.arange(6, dtype=np.uint8).reshape(2, 3))


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip",
        gzip.compress(WHOLE)[:-9],
        gzip.compress(WHOLE[:-1]),
        gzip.compress(WHOLE + b"more"),
        gzip.compress(b""),
        gzip.compress(WHOLE[:6]),
        gzip.compress(bytes([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0])),
    ],
    ids=["no gzip", "torn gzip", "too short", "too long", "empty", "torn header", "floats"],
)
def test_a_damaged_file_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(DamagedFile, match=f"{path} is damaged"):
        read_idx(path)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "none.gz")
