import subprocess
import sys
from pathlib import Path

import pytest

from backend.cli.failure import Failure
from backend.cli.folder_lock import LOCK_FILE, Holder, holder, locked

HOLD = """
import sys, time
from pathlib import Path
from backend.cli.folder_lock import locked
with locked(Path(sys.argv[1]), "http://127.0.0.1:1234"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_nobody_holds_a_folder_that_is_new_or_not_there(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert holder(tmp_path / "absent") is None


def test_the_holder_is_known_as_long_as_it_holds(tmp_path: Path) -> None:
    with locked(tmp_path, None):
        found = holder(tmp_path)
        assert found is not None
        assert found.address is None
        assert "without a server" in str(found)
    assert holder(tmp_path) is None


def test_a_second_one_is_told_who_was_first(tmp_path: Path) -> None:
    with (
        locked(tmp_path, "http://127.0.0.1:1234"),
        pytest.raises(Failure, match=r"http://127\.0\.0\.1:1234 \(process \d+\)"),
        locked(tmp_path, None),
    ):
        pass


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert holder(tmp_path) == Holder(process.pid, "http://127.0.0.1:1234")
        process.kill()
    assert holder(tmp_path) is None
    with locked(tmp_path, None):
        pass


def test_a_holder_that_has_not_said_who_it_is_yet_is_a_holder_all_the_same(tmp_path: Path) -> None:
    with locked(tmp_path, None):
        (tmp_path / LOCK_FILE).write_text("")
        assert holder(tmp_path) == Holder(None, None)
