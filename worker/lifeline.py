"""End with the process that started this one, however that one ended."""

import os
import threading
from collections.abc import Callable


def watch(on_end: Callable[[], object], descriptor: int = 0) -> None:
    """Call `on_end`, in a thread, once the other end of standard input has closed: whoever held it is gone.

    A process that is killed cannot tell its children; the pipe it held closes all the same. To be called only where
    standard input is such a pipe.
    """

    def wait() -> None:
        while os.read(descriptor, 1024):
            pass
        on_end()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
