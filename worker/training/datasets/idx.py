"""The IDX format of MNIST-like files (LeCun): a magic number, the sizes, then the bytes."""

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

UNSIGNED_BYTE = 8


class DamagedFile(Exception):
    """A file is there, but its bytes are not what its format says."""


def read_idx(path: Path) -> NDArray[np.uint8]:
    """The array of a gzipped IDX file of unsigned bytes; raises OSError or DamagedFile."""
    try:
        data = gzip.decompress(path.read_bytes())
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedFile(f"{path} is damaged: {error}") from None
    dimensions = data[3] if len(data) > 3 else 0
    start = 4 + 4 * dimensions
    if data[:3] != bytes([0, 0, UNSIGNED_BYTE]) or len(data) < start:
        raise DamagedFile(f"{path} is damaged: it does not begin like an IDX file of bytes")
    shape = tuple(int(size) for size in np.frombuffer(data[4:start], dtype=">u4"))
    values = np.frombuffer(data, dtype=np.uint8, offset=start)
    if values.size != np.prod(shape, dtype=np.int64):
        raise DamagedFile(f"{path} is damaged: it holds {values.size} bytes for the sizes {shape}")
    return values.reshape(shape)
