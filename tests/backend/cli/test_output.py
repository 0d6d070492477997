from pathlib import Path

import pytest

from backend.cli.failure import Failure
from backend.cli.output import write


def test_a_text_is_written_into_a_file_and_where_it_went_is_said_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a = 'ü'\n", tmp_path / "out.py")
    assert (tmp_path / "out.py").read_text(encoding="utf-8") == "a = 'ü'\n"
    said = capsys.readouterr()
    assert said.out == ""
    assert "out.py" in said.err


def test_without_a_file_it_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    write("[bold]no markup[/bold]\nlast", None)
    assert capsys.readouterr().out == "[bold]no markup[/bold]\nlast"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"no folder/out\.py cannot be written: No such file or directory\."):
        write("a", tmp_path / "no folder" / "out.py")
