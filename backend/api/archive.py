"""The files of an uploaded zip archive, within limits; nothing is ever written to disk."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from backend.originals.errors import UnreadableOriginal
from backend.originals.files import OriginalFile

# Of a run of 1,500 generations the dumps have about 100 MB.
LARGEST_UNPACKED = 400_000_000
LARGEST_FILE = 50_000_000
MOST_FILES = 10_000
_NAME = "the archive"


def files_of_archive(content: bytes) -> list[OriginalFile]:
    """Return the files in a zip archive, each unpacked when it is read.

    Raises UnreadableOriginal for what is no such archive, for paths that lead out of it, links, and encrypted files,
    and for one that would unpack to more than the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableOriginal(_NAME, "this is no zip archive, or a torn one.") from None
    members = [member for member in archive.infolist() if not member.is_dir()]
    _check_sizes(members)
    return list(_files(archive, members))


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise UnreadableOriginal(_NAME, f"it has {len(members):,} files; {MOST_FILES:,} are allowed.")
    if (size := sum(member.file_size for member in members)) > LARGEST_UNPACKED:
        raise UnreadableOriginal(_NAME, f"it unpacks to {size:,} bytes; {LARGEST_UNPACKED:,} are allowed.")
    for member in members:
        if member.file_size > LARGEST_FILE:
            why = f"it unpacks to {member.file_size:,} bytes; {LARGEST_FILE:,} are allowed."
            raise UnreadableOriginal(member.filename, why)


def _files(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[OriginalFile]:
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
            raise UnreadableOriginal(_NAME, f"the path {member.filename!r} leads out of it.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnreadableOriginal(_NAME, f"{member.filename!r} is a link; only files are taken.")
        if member.flag_bits & 0x1:
            raise UnreadableOriginal(_NAME, f"{member.filename!r} is encrypted.")
        # What a Mac adds to archives.
        if "__MACOSX" not in path.parts and path.name != ".DS_Store":
            yield OriginalFile(str(path), partial(_unpacked, archive, member))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return the content; a member that is longer than it says is cut there by the library, and its checksum fails."""
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise UnreadableOriginal(member.filename, "it cannot be unpacked: the archive is torn.") from None
