"""Keeps TensorFlow's start-up notes from the terminal: four lines for every worker slot that starts."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

# Of the severity "information", and the line that announces them. TF_CPP_MIN_LOG_LEVEL does not reach those
# that are written while the library is loaded.
NOTE = re.compile(rb"I\d{4} |WARNING: All log messages before absl::InitializeLog")
STANDARD_ERROR = 2


@contextmanager
def without_startup_notes() -> Iterator[None]:
    """Within it, what is written to standard error is held back; afterwards all but the notes appear."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as held:
        original = os.dup(STANDARD_ERROR)
        os.dup2(held.fileno(), STANDARD_ERROR)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(original, STANDARD_ERROR)
            os.close(original)
            held.seek(0)
            for line in held:
                if not NOTE.match(line):
                    os.write(STANDARD_ERROR, line)
