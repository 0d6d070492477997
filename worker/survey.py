"""Which problems this machine can load, and why not the others."""

from pathlib import Path

from backend.problems.catalogue import problem_names
from worker.training.datasets.load import available


def survey(datasets_dir: Path | None, *, download: bool) -> dict[str, str | None]:
    """Return for every problem None, or why its data cannot be had here and how to get them.

    Data that are missing are generated, and with `download` downloaded, which may take minutes.
    """
    return {name: available(name, datasets_dir, download=download) for name in problem_names()}
