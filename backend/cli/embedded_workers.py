"""Workers beside this process, on this machine: a supervisor that is kept running."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from backend.dispatch.kept_process import GRACE_SECONDS, KeptProcess, end_all
from backend.settings.settings import Settings

TEND_SECONDS = 0.2


@contextmanager
def embedded_workers(settings: Settings) -> Iterator[None]:
    """Keep as many worker slots running as the settings say, and end them at the end."""
    if settings.workers == 0:
        yield
        return
    command = [sys.executable, "-m", "worker", "--slots", str(settings.workers), "--lifeline"]
    supervisor = KeptProcess("The worker", command, settings.environment())
    ended = threading.Event()

    def tend() -> None:
        while not ended.wait(TEND_SECONDS):
            supervisor.tend()

    # The first start is this thread's: a command that cannot be run at all fails here, where it is seen.
    supervisor.tend()
    thread = threading.Thread(target=tend, name="workers", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        # The supervisor gives its slots as long, and then has something to write.
        end_all([supervisor], 2 * GRACE_SECONDS)
