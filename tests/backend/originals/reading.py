"""Made files as the room under test takes them."""

from functools import partial

from backend.originals.files import OriginalFile
from backend.originals.original import Original, read_original
from tests.backend.originals.made import Files


def given(files: Files) -> list[OriginalFile]:
    """Return the files, each with its bytes."""
    return [OriginalFile(path, partial(bytes, content)) for path, content in files.items()]


def read(files: Files) -> Original:
    """Return what the files say."""
    return read_original(given(files))
