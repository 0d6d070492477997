import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from backend.export.formats import FORMATS
from backend.export.proof_driver import driver
from backend.export.proof_process import SCRIPT, ProofAborted, last_line, run_script


def _wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.05)


def test_a_proof_that_nobody_wants_any_more_is_ended_with_its_process(tmp_path: Path) -> None:
    (tmp_path / SCRIPT).write_text(
        "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\ntime.sleep(60)\n"
    )
    with pytest.raises(ProofAborted):
        run_script(tmp_path, sys.executable, FORMATS["torch"], 60, lambda: (tmp_path / "pid").exists())
    _wait_until_gone(int((tmp_path / "pid").read_text() or 0))


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    (tmp_path / SCRIPT).write_text("import time\ntime.sleep(60)\n")
    end = run_script(tmp_path, sys.executable, FORMATS["torch"], 0.2)
    assert end.reason == "PyTorch took longer than 0.2 seconds."


def test_the_script_ends_when_whoever_started_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("import time\ntime.sleep(60)\n")
    (tmp_path / SCRIPT).write_text(driver("torch"))
    script = subprocess.Popen([sys.executable, SCRIPT], cwd=tmp_path, stdin=subprocess.PIPE, env=dict(os.environ))
    assert script.stdin is not None
    script.stdin.close()
    assert script.wait(20) == 1


def test_the_last_line_tells_what_a_failure_is_about() -> None:
    assert last_line("Traceback:\n  somewhere\nKeyError: 'g'\n") == "KeyError: 'g'"
    assert last_line(" \n") == "nothing was said."
