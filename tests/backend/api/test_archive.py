import io
import stat
import zipfile

import pytest

from backend.api import archive
from backend.api.archive import files_of_archive
from backend.originals.errors import UnreadableOriginal


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of the files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as target:
        for path, content in files.items():
            target.writestr(path, content)
    return whole.getvalue()


def test_files_are_unpacked_in_memory() -> None:
    (file,) = files_of_archive(packed({"run_0/": b"", "run_0/iteration_0.json": b"[]"}))
    assert (file.path, file.read()) == ("run_0/iteration_0.json", b"[]")


@pytest.mark.parametrize("content", [b"", b"words", packed({"a": b"1"})[:-10]], ids=["nothing", "words", "torn"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableOriginal, match="no zip archive"):
        files_of_archive(content)


@pytest.mark.parametrize("path", ["../a.yml", "/etc/a.yml", "a/../../b.yml", "a\\..\\b.yml"])
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(UnreadableOriginal, match="leads out of it"):
        files_of_archive(packed({path: b""}))


def test_a_link_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as target:
        link = zipfile.ZipInfo("a.yml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableOriginal, match="is a link"):
        files_of_archive(whole.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"a.yml": bytes(51_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableOriginal, match=r"a\.yml: it unpacks to 51,000,000 bytes; 50,000,000 are allowed"):
        files_of_archive(bomb)
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 1000)
    with pytest.raises(UnreadableOriginal, match="it unpacks to 1,001 bytes"):
        files_of_archive(packed({"a.yml": bytes(1001)}))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(UnreadableOriginal, match="it has 3 files; 2 are allowed"):
        files_of_archive(packed({"a": b"", "b": b"", "c": b""}))


def test_a_member_that_lies_about_its_size_is_torn() -> None:
    content = packed({"a.yml": b"POPSIZE: 20\n" * 50})
    size = (600).to_bytes(4, "little")
    assert content.count(size) == 2
    (file,) = files_of_archive(content.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(UnreadableOriginal, match=r"a\.yml: it cannot be unpacked"):
        file.read()


def test_what_a_mac_adds_is_left_out() -> None:
    files = files_of_archive(packed({"a.yml": b"", "__MACOSX/._a.yml": b"", ".DS_Store": b""}))
    assert [file.path for file in files] == ["a.yml"]
