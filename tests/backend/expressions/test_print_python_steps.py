import importlib.util
import inspect
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from hypothesis import given

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM, SCHEDULE
from backend.expressions.nodes import Constant, Node
from backend.expressions.parse import parse
from backend.expressions.print_python_steps import to_python_steps
from tests.backend.programs import PROGRAMS, VALUES, tower


def _module(node: Node) -> ModuleType:
    source = to_python_steps(node, PROGRAM)
    functions = "\n\n".join(inspect.getsource(each) for each in source.functions)
    lines = "\n".join(f"    {line}" for line in source.text.splitlines())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "printed.py"
        path.write_text(f"import math\n{functions}\ndef value(epoch, loss, val_loss, epoch_share):\n{lines}\n")
        spec = importlib.util.spec_from_file_location("printed", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@given(node=PROGRAMS, values=VALUES)
def test_printed_python_computes_the_same_floats(node: Node, values: dict[str, float]) -> None:
    for some in (values, values | {"loss": -values["loss"]}):
        printed = _module(node).value(**some)
        assert isinstance(printed, float)
        assert printed.hex() == evaluate(node, some, PROGRAM).hex()


def test_what_cannot_overflow_is_written_plainly() -> None:
    assert to_python_steps(parse("epoch * 0.00116184 + 0.00153748", PROGRAM), PROGRAM).text == (
        "return epoch * 0.00116184 + 0.00153748"
    )


def test_what_may_not_be_finite_is_asked_about() -> None:
    source = to_python_steps(parse("sin(loss) * 0.5", PROGRAM), PROGRAM)
    assert source.text == "return finite_or(sin(loss), 1.0) * 0.5"
    assert [each.__name__ for each in source.functions] == ["finite_or", "sin"]


def test_the_deepest_expression_is_written_in_lines_that_python_reads() -> None:
    deep = tower(5_000, Constant(1))
    values = {"epoch": 0.0, "loss": 0.0, "val_loss": 0.0, "epoch_share": 0.0}
    assert _module(deep).value(**values) == evaluate(deep, values, PROGRAM)
    assert max(map(len, to_python_steps(deep, PROGRAM).text.splitlines())) < 120


def test_a_language_that_replaces_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="schedule replaces nothing"):
        to_python_steps(Constant(1), SCHEDULE)
