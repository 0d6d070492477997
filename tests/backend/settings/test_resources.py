from pathlib import Path

import pytest

from backend.settings import resources


@pytest.mark.parametrize("name", ["GRAMMARS", "PRESETS", "TEMPLATES", "STATIC", "MIGRATIONS"])
def test_every_folder_of_the_program_is_where_it_is_said_to_be(name: str) -> None:
    folder: Path = getattr(resources, name)
    assert any(folder.iterdir())
