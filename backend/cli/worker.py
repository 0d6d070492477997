"""`autolr worker`: workers alone."""

import os
import sys

from backend.cli import options
from backend.cli.opening import check_can_train, open_settings


def worker(data_dir: options.DataDir = None, workers: options.Workers = None) -> None:
    """Start worker slots alone, for a server that runs elsewhere (autolr serve)."""
    settings = open_settings(data_dir=data_dir, workers=workers)
    check_can_train()
    # It replaces this process: the backend knows the worker's name, never its code.
    os.execve(sys.executable, [sys.executable, "-m", "worker"], {**os.environ, **settings.environment()})
