import ast

import pytest

from backend.export.formats import FORMATS
from backend.export.proof_driver import driver


@pytest.mark.parametrize("name", FORMATS)
def test_the_script_needs_numpy_and_the_library_alone(name: str) -> None:
    imported = set()
    for node in ast.walk(ast.parse(driver(name))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    assert FORMATS[name].package in imported
    assert imported - {"importlib.util", "inspect", "json", "os", "sys", "threading", "numpy"} <= {
        name,
        "jax",
        "jax.numpy",
    }


def test_an_unknown_format_has_no_script() -> None:
    with pytest.raises(KeyError):
        driver("onnx")
