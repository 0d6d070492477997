import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from backend.dispatch import kept_process
from backend.dispatch.kept_process import KeptProcess, end_all

SLEEP = "import time; time.sleep(60)"
# Says that it is ready by a file, then ignores all kindness.
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""
# Ends when its standard input does.
TETHERED = "import sys; sys.stdin.read()"


def kept(program: str, *arguments: str) -> KeptProcess:
    return KeptProcess("a process", [sys.executable, "-c", program, *arguments], {})


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def tend_until(process: KeptProcess, condition: Callable[[], bool]) -> None:
    def tended() -> bool:
        process.tend()
        return condition()

    until(tended)


def running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_process_that_was_killed_is_started_again() -> None:
    process = kept(SLEEP)
    process.tend()
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)

    tend_until(process, lambda: process.pid not in (None, first))
    end_all([process])
    assert process.pid is None


def test_a_process_that_cannot_run_is_started_less_and_less_often(caplog: pytest.LogCaptureFixture) -> None:
    process = kept("raise SystemExit(3)")
    began = time.monotonic()
    tend_until(process, lambda: caplog.text.count("ended with code 3") == 3)
    # Half a second, then one second, were waited for the second and third start.
    assert time.monotonic() - began > 1.5
    assert "starts again in 0.5 s" in caplog.text
    assert "starts again in 2 s" in caplog.text
    end_all([process])


def test_a_process_that_lived_long_starts_again_soon(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(kept_process, "SOUND_SECONDS", 0.0)
    process = kept("raise SystemExit(3)")
    tend_until(process, lambda: caplog.text.count("starts again in 0.5 s") == 2)
    end_all([process])
    assert "starts again in 1 s" not in caplog.text


def test_who_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = kept(STUBBORN, str(ready))
    process.tend()
    until(ready.exists)
    pid = process.pid
    assert pid is not None
    end_all([process], grace_seconds=0.2)
    assert not running(pid)


def test_a_process_gets_the_environment_that_is_given(tmp_path: Path) -> None:
    file = tmp_path / "value"
    program = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ['A_SETTING'])"
    process = KeptProcess("a process", [sys.executable, "-c", program, str(file)], {"A_SETTING": "17"})
    process.tend()
    until(lambda: file.exists() and bool(file.read_text()))
    end_all([process])
    assert file.read_text() == "17"


def test_a_child_learns_that_its_parent_was_killed() -> None:
    parent = f"""
import sys, time
from backend.dispatch.kept_process import KeptProcess
process = KeptProcess("child", [sys.executable, "-c", {TETHERED!r}], {{}})
process.tend()
print(process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        child = int(started.stdout.readline())
        assert running(child)
        started.kill()
    until(lambda: not running(child))
