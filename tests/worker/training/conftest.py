"""What the tests of training share: a folder of data sets of their own."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def datasets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where generated data are kept for the time of the tests."""
    return tmp_path_factory.mktemp("datasets")


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Neither the user's cache of data nor Keras's is read or written by a test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("KERAS_HOME", str(folder / "keras"))
    return folder
