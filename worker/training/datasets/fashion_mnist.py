"""Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), looked for on this machine, then downloaded."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import numpy as np

from worker.training.datasets.arrays import Arrays, DatasetUnavailable, keras_folder
from worker.training.datasets.idx import DamagedFile, read_idx

Half = Literal["train", "t10k"]
DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")
DOWNLOAD_LIMIT_SECONDS = 300.0
DOWNLOAD = "import keras; keras.datasets.fashion_mnist.load_data()"
HOW_TO_GET_IT = (
    "Install Debian's package (apt install dataset-fashion-mnist), or put the four files "
    "{train,t10k}-{images-idx3,labels-idx1}-ubyte.gz into a folder and name it in AUTOLR_DATASETS_DIR."
)


def read_fashion_mnist(half: Half, checksum: str, datasets_dir: Path | None) -> Arrays:
    """Read one half, 'train' of 60,000 images or 't10k' of 10,000: (number, 28, 28, 1) uint8, and their labels.

    Raises DatasetUnavailable, which says what was tried and how to get the files.
    """
    tried: list[str] = []
    for folder in _folders(datasets_dir):
        found = _read(folder, half, checksum, tried)
        if found is not None:
            return found
    raise DatasetUnavailable(f"Fashion-MNIST was not found: {'; '.join(tried)}. {HOW_TO_GET_IT}")


def download_fashion_mnist() -> None:
    """Let Keras download both halves into its cache, in a process of its own, because it knows no time limit.

    Raises DatasetUnavailable.
    """
    command = [sys.executable, "-c", DOWNLOAD]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DOWNLOAD_LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DatasetUnavailable(f"Downloading it took more than {DOWNLOAD_LIMIT_SECONDS:.0f} seconds.") from None
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DatasetUnavailable(f"Downloading it failed ({why}).")


def _folders(datasets_dir: Path | None) -> tuple[Path, ...]:
    own = () if datasets_dir is None else (datasets_dir / "fashion-mnist", datasets_dir)
    return (*own, DEBIAN_FOLDER, keras_folder() / "fashion-mnist")


def _read(folder: Path, half: Half, checksum: str, tried: list[str]) -> Arrays | None:
    """The arrays of a folder, or None and one more reason in `tried`."""
    try:
        images = read_idx(folder / f"{half}-images-idx3-ubyte.gz")
        labels = read_idx(folder / f"{half}-labels-idx1-ubyte.gz")
    except FileNotFoundError:
        tried.append(f"{folder} has no such files")
        return None
    except (OSError, DamagedFile) as error:
        tried.append(str(error))
        return None
    arrays = Arrays(images[..., np.newaxis], labels)
    if arrays.checksum != checksum:
        tried.append(f"the files in {folder} are not Fashion-MNIST as published")
        return None
    return arrays
