"""The engine as a library: it brings nothing along that a search does not need."""

import subprocess
import sys

import pytest

EXAMPLES = ["symbolic_regression", "even_parity", "multiplexer", "santa_fe_ant"]
NOT_NEEDED = {"tensorflow", "keras", "fastapi", "starlette", "pydantic", "sqlalchemy", "celery", "kombu", "redis"}
SCRIPT = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({module.split(".")[0] for module in sys.modules}))
"""


@pytest.mark.parametrize("names", [[f"examples.{name}" for name in EXAMPLES], ["backend.search.engine"]])
def test_neither_web_nor_database_nor_tensorflow_is_imported(names: list[str]) -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT, *names], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "backend" in loaded
    assert loaded & NOT_NEEDED == set()
