"""A child process that is kept running: started again when it dies, ended when asked, never left behind."""

import logging
import os
import subprocess
import time
from collections.abc import Mapping, Sequence

# Seconds before the first start again; doubled with each death in quick succession.
FIRST_DELAY = 0.5
LONGEST_DELAY = 60.0
# A process that lived for so long was sound: its death is the first one again.
SOUND_SECONDS = 60.0

# Seconds between asking a process to end and ending it.
GRACE_SECONDS = 5.0

_log = logging.getLogger(__name__)


class KeptProcess:
    """A command that should be running. `tend` has to be called often; it starts the process when that is due.

    The process's standard input is its lifeline: a pipe of which this process holds the other end. However this
    process ends, also by kill -9, the system closes that end, and the child reads the end of its input.
    """

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = list(command)
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._due_at = 0.0
        self._delay = FIRST_DELAY

    @property
    def pid(self) -> int | None:
        """The process's id, or None while there is none."""
        return None if self._process is None else self._process.pid

    def tend(self) -> None:
        """Start the process if it does not run and it is time; never blocks."""
        if self._process is not None and self._process.poll() is not None:
            self._note_death(self._process)
        if self._process is None and time.monotonic() >= self._due_at:
            self._start()

    def ask_to_end(self) -> None:
        """Send SIGTERM; `wait_for_end` follows."""
        if self._process is not None:
            self._process.terminate()

    def wait_for_end(self, deadline: float) -> None:
        """Wait until the process has ended; it is killed at the deadline (of the monotonic clock)."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._forget(self._process)

    def _start(self) -> None:
        self._started_at = time.monotonic()
        # In a session of its own: Ctrl-C reaches only the process in the foreground, which then ends the others.
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.PIPE, start_new_session=True
        )

    def _note_death(self, process: subprocess.Popen[bytes]) -> None:
        lived = time.monotonic() - self._started_at
        delay = FIRST_DELAY if lived >= SOUND_SECONDS else self._delay
        _log.warning("%s ended with code %s; it starts again in %g s.", self.name, process.returncode, delay)
        self._due_at = time.monotonic() + delay
        self._delay = min(2 * delay, LONGEST_DELAY)
        self._forget(process)

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        process.stdin.close()
        self._process = None


def end_all(processes: Sequence[KeptProcess], grace_seconds: float = GRACE_SECONDS) -> None:
    """End the processes together: ask all, then wait for all; who does not end in time is killed."""
    for process in processes:
        process.ask_to_end()
    deadline = time.monotonic() + grace_seconds
    for process in processes:
        process.wait_for_end(deadline)
