"""CIFAR-10 (Krizhevsky 2009), looked for on this machine in its binary version.

Keras's own loader is not used: it reads the version for Python, whose files are pickles, and no pickle is opened here.
Keras's downloader fetches the binary version as well, and puts it where it is found (`HOW_TO_GET_IT`).

Checksums of the arrays are not known. What is checked is the archive's MD5, which its authors publish, and of every
file the size, the range of the labels and the number of images of each class.
"""

import hashlib
import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from worker.training.datasets.arrays import Arrays, DatasetUnavailable, keras_folder
from worker.training.datasets.idx import DamagedFile

Half = Literal["train", "test"]

FILES: Mapping[Half, tuple[str, ...]] = MappingProxyType(
    {"train": tuple(f"data_batch_{number}.bin" for number in range(1, 6)), "test": ("test_batch.bin",)}
)
FOLDER = "cifar-10-batches-bin"
ARCHIVE = "cifar-10-binary.tar.gz"
ARCHIVE_MD5 = "c32a1d4ab5d03f1284b67883e8d87530"
ORIGIN = f"https://www.cs.toronto.edu/~kriz/{ARCHIVE}"

SIDE, CHANNELS, CLASSES = 32, 3, 10
# A label, then all red values row by row, all green ones, all blue ones.
RECORD_BYTES = 1 + CHANNELS * SIDE * SIDE
IMAGES_PER_FILE = 10_000

HOW_TO_GET_IT = (
    "Let Keras download the binary version, 170 MB, into its cache: "
    f"python -c \"import keras; keras.utils.get_file('{ARCHIVE}', '{ORIGIN}')\"; "
    f"or put {ARCHIVE}, or its folder {FOLDER} with data_batch_1.bin to data_batch_5.bin and test_batch.bin, "
    f"{RECORD_BYTES * IMAGES_PER_FILE:,} bytes each, into a folder and name that in AUTOLR_DATASETS_DIR. "
    "The version for Python, which keras.datasets.cifar10 fetches, holds pickles and is not read."
)


def read_cifar_10(half: Half, datasets_dir: Path | None) -> Arrays:
    """Read one half, 'train' of 50,000 images or 'test' of 10,000: (number, 32, 32, 3) uint8, and their labels.

    Raises DatasetUnavailable, which says what was tried and how to get the files.
    """
    tried: list[str] = []
    for folder in _folders(datasets_dir):
        try:
            return _read(folder, half)
        except FileNotFoundError:
            tried.append(f"{folder} has neither {FOLDER} with all its files nor {ARCHIVE}")
        except (OSError, DamagedFile) as error:
            tried.append(str(error))
    raise DatasetUnavailable(f"CIFAR-10 was not found: {'; '.join(tried)}. {HOW_TO_GET_IT}")


def _folders(datasets_dir: Path | None) -> tuple[Path, ...]:
    own = () if datasets_dir is None else (datasets_dir / "cifar-10", datasets_dir)
    return (*own, keras_folder())


def _read(folder: Path, half: Half) -> Arrays:
    """Read a folder's files, or its archive where they are not all there; raises OSError or DamagedFile."""
    unpacked, archive = folder / FOLDER, folder / ARCHIVE
    # All of them: who has only one half would learn it after the training.
    if all((unpacked / name).is_file() for names in FILES.values() for name in names):
        files = [_decoded(unpacked / name, (unpacked / name).read_bytes()) for name in FILES[half]]
        source = unpacked
    else:
        files = [_decoded(archive / name, data) for name, data in _members(archive, FILES[half])]
        source = archive
    whole = Arrays(np.concatenate([each.samples for each in files]), np.concatenate([each.labels for each in files]))
    _check_classes(source, half, whole)
    return whole


def _members(archive: Path, names: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Read members of the archive, whose content is known by its checksum, without unpacking it anywhere."""
    data = archive.read_bytes()
    if hashlib.md5(data, usedforsecurity=False).hexdigest() != ARCHIVE_MD5:
        raise DamagedFile(f"{archive} is damaged: it does not have the MD5 {ARCHIVE_MD5} that its authors publish")
    with tarfile.open(fileobj=BytesIO(data), mode="r:gz") as members:
        for name in names:
            member = members.extractfile(f"{FOLDER}/{name}")
            assert member is not None  # the published archive has it
            yield name, member.read()


def _decoded(path: Path, data: bytes) -> Arrays:
    if len(data) != RECORD_BYTES * IMAGES_PER_FILE:
        expected = f"{IMAGES_PER_FILE:,} images of {RECORD_BYTES:,} bytes"
        raise DamagedFile(f"{path} is damaged: it holds {len(data):,} bytes instead of {expected}")
    records = np.frombuffer(data, dtype=np.uint8).reshape(-1, RECORD_BYTES)
    labels = records[:, 0]
    if labels.max() >= CLASSES:
        raise DamagedFile(f"{path} is damaged: it has a label {labels.max()}; 0 to {CLASSES - 1} are allowed")
    return Arrays(records[:, 1:].reshape(-1, CHANNELS, SIDE, SIDE).transpose(0, 2, 3, 1), labels)


def _check_classes(source: Path, half: Half, arrays: Arrays) -> None:
    expected = len(arrays.labels) // CLASSES
    for label, count in enumerate(np.bincount(arrays.labels, minlength=CLASSES).tolist()):
        if count != expected:
            raise DamagedFile(
                f"{source} is not CIFAR-10 as published: its {half} files hold {count:,} images of class {label} "
                f"instead of {expected:,}"
            )
