import os

import pytest

from worker.training.startup_notes import without_startup_notes


def test_notes_are_dropped_and_all_else_appears(capfd: pytest.CaptureFixture[str]) -> None:
    with without_startup_notes():
        os.write(2, b"I0000 00:00:1 1 port.cc:153] oneDNN custom operations are on.\n")
        os.write(2, b"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n")
        os.write(2, b"E0000 00:00:1 1 cuda.cc:1] no such device\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err.splitlines() == [
        "E0000 00:00:1 1 cuda.cc:1] no such device",
        "afterwards",
    ]


def _missing_library() -> None:
    with without_startup_notes():
        os.write(2, b"libcudart.so: not found\n")
        raise ImportError


def test_an_error_within_passes_and_what_was_held_back_appears(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ImportError):
        _missing_library()
    assert capfd.readouterr().err == "libcudart.so: not found\n"
