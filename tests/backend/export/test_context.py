import ast
from dataclasses import replace

import pytest

from backend.export.context import ExportContext, origin


def test_what_is_not_known_is_said_or_left_out(context: ExportContext) -> None:
    assert origin(context).splitlines()[-2:] == [
        "Fitness: 0.8125 (accuracy)",
        "Page: http://127.0.0.1:8400/individuals/57",
    ]
    assert origin(replace(context, fitness=None, url=None)).splitlines()[-1] == "Fitness: not measured"
    assert origin(replace(context, proof="Proven with PyTorch 2.")).splitlines()[-1] == "Code: Proven with PyTorch 2."


@pytest.mark.parametrize("typed", ['"""', 'ends with "', "\\", "a\nRun: 9", "\r\t\x00", "\u202e", "\ud800", "日本語 ·"])
def test_whatever_was_typed_stays_on_its_line_and_is_read_back(typed: str, context: ExportContext) -> None:
    lines = origin(replace(context, name=typed, problem=typed))
    assert len(lines.splitlines()) == 6
    assert all(character.isprintable() for character in lines.replace("\n", ""))
    read = ast.literal_eval(f'"""{lines}\n"""')
    assert read.count(typed) == 2
