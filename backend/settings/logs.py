"""Where a process's log goes."""

import logging


def log_to_stderr(level: str) -> None:
    """Write this project's records from `level` on to standard error, and only warnings of the libraries."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    for room in ("backend", "worker"):
        logging.getLogger(room).setLevel(level.upper())
