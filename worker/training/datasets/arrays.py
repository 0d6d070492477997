"""Samples and labels as arrays, their checksum, and a folder that keeps them."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray


class DatasetUnavailable(Exception):
    """A data set cannot be had here; the text says in plain words why, and how to get it."""


@dataclass(frozen=True, eq=False)
class Arrays:
    """Samples, (number, ...) of float32 or uint8, and their labels, (number,) of uint8."""

    samples: NDArray[Any]
    labels: NDArray[np.uint8]

    @property
    def checksum(self) -> str:
        """SHA-256 of types, shapes and values, in hexadecimal."""
        total = hashlib.sha256()
        for array in (self.samples, self.labels):
            little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
            total.update(f"{array.dtype.name}{array.shape}".encode())
            total.update(np.ascontiguousarray(little_endian).data)
        return total.hexdigest()


def cache_folders(datasets_dir: Path | None) -> tuple[Path, ...]:
    """Where generated arrays are kept: the user's folder if there is one, else the system's cache folder."""
    own = platformdirs.user_cache_path("autolr") / "datasets"
    return (own,) if datasets_dir is None else (datasets_dir, own)


def keras_folder() -> Path:
    """Where Keras keeps what it has downloaded."""
    home = os.environ.get("KERAS_HOME")
    return (Path(home) if home else Path.home() / ".keras") / "datasets"


def cached(name: str, checksum: str | None, datasets_dir: Path | None, make: Callable[[], Arrays]) -> Arrays:
    """The arrays kept under this name, or made and then kept.

    A file whose content does not have the checksum counts as absent; where there is none, a damaged file does. Files
    appear whole or not at all, so any number of workers may race: they write the same. Raises DatasetUnavailable
    where `make` gives something else than the checksum promises.
    """
    paths = [folder / f"{name}.npz" for folder in cache_folders(datasets_dir)]
    for path in paths:
        found = read_arrays(path)
        if found is not None and checksum in (None, found.checksum):
            return found
    made = make()
    if checksum not in (None, made.checksum):
        raise DatasetUnavailable(
            f"The data set {name} came out different here (checksum {made.checksum}, expected {checksum}): "
            "the versions of the packages that make it are not those AutoLR was tested with."
        )
    _keep(made, paths)
    return made


def forget_oldest(folders: Sequence[Path], pattern: str, most: int) -> None:
    """Delete the oldest files of that pattern in each folder until it has at most so many; they can be made again."""
    for folder in folders:
        files = list(folder.glob(pattern))
        if len(files) <= most:
            continue
        # Another worker may have deleted some of them by now.
        ages = {file: _written_at(file) for file in files}
        for file in sorted(files, key=lambda each: (ages[each], each.name))[:-most]:
            with suppress(OSError):
                file.unlink(missing_ok=True)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def read_arrays(path: Path) -> Arrays | None:
    """The arrays of a file, or None where there is no such file or it is damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            return Arrays(data["samples"], data["labels"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def write_arrays(arrays: Arrays, path: Path) -> None:
    """Write a file that appears whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, samples=arrays.samples, labels=arrays.labels)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _keep(arrays: Arrays, paths: list[Path]) -> None:
    for path in paths:
        try:
            write_arrays(arrays, path)
        except OSError:
            # A folder that cannot be written costs only time: the next one is tried, at worst it is made again.
            continue
        return
