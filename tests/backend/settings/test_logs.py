import logging
import subprocess
import sys


def test_own_records_are_shown_from_the_level_on_and_only_warnings_of_libraries() -> None:
    program = """
import logging
from backend.settings.logs import log_to_stderr
log_to_stderr("info")
logging.getLogger("backend.room").info("one")
logging.getLogger("backend.room").debug("two")
logging.getLogger("library").info("three")
logging.getLogger("library").warning("four")
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stderr
    assert [word for word in ("one", "two", "three", "four") if word in shown] == ["one", "four"]
    assert logging.getLevelName(logging.INFO) in shown
