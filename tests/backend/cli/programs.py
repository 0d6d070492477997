"""Running `autolr` as a user does, in this process or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from backend.cli.main import main


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it printed."""

    code: object
    out: str
    err: str


@dataclass(frozen=True)
class Program:
    """The program in this process: quick."""

    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Outcome:
        """Run it to its end."""
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = self.capture.readouterr()
        return Outcome(ended.value.code, out, err)


def start(arguments: Sequence[str]) -> "subprocess.Popen[str]":
    """Start it in a process of its own."""
    command = [sys.executable, "-m", "backend.cli.main", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}
    )
