"""Script: write one MNIST-1D data set. Arguments: seed, number of samples, path of the .npz file.

It runs in a process of its own and imports nothing of AutoLR: see `worker.training.datasets.mnist_1d`.
"""

import os
import sys

os.environ["MPLBACKEND"] = "Agg"  # the package imports matplotlib, which would look for a display

import numpy as np
from mnist1d.data import get_dataset_args, make_dataset

# Library versions and processors differ in the last bits of the float64 results, so these are rounded: then
# the data are the same everywhere, and a checksum can say so.
DECIMALS = 6


def generate(seed: int, samples: int, path: str) -> None:
    """Write `samples` (number, 40) float32 and `labels` (number,) uint8 to the file."""
    arguments = get_dataset_args()
    arguments.seed = seed
    arguments.num_samples = samples
    made = make_dataset(arguments)
    signals = np.concatenate([made["x"], made["x_test"]])
    labels = np.concatenate([made["y"], made["y_test"]])
    rounded = signals.round(DECIMALS) + 0.0  # which turns a negative zero into zero
    np.savez(path, samples=rounded.astype(np.float32), labels=labels.astype(np.uint8))


if __name__ == "__main__":
    generate(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
