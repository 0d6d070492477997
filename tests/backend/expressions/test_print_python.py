import importlib.util
import inspect
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.expressions.print_python import PythonSource, to_python, to_python_statements


def _imported(source: str) -> ModuleType:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "printed.py"
        path.write_text(source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("printed", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def _module(expression: PythonSource, body: PythonSource) -> ModuleType:
    assert expression.functions == body.functions
    functions = "\n\n".join(inspect.getsource(each) for each in expression.functions)
    lines = "\n".join(f"    {line}" for line in body.text.splitlines())
    return _imported(
        f"import math\n{functions}\n"
        f"def expression(epoch, learning_rate):\n    return {expression.text}\n"
        f"def statements(epoch, learning_rate):\n{lines}\n"
    )


@given(
    node=...,
    values=st.fixed_dictionaries({"epoch": st.integers(0, 9).map(float), "learning_rate": st.floats()}),
)
def test_printed_python_computes_the_same_floats(node: Node, values: dict[str, float]) -> None:
    module = _module(to_python(node), to_python_statements(node))
    for printed in (module.expression(**values), module.statements(**values)):
        assert isinstance(printed, float)
        assert printed.hex() == evaluate(node, values).hex()


def test_choices_become_if_statements_that_a_person_would_write() -> None:
    node = parse("if_func(epoch < 20, if_func(learning_rate > 0.01, 0.05, 1), epoch + 2)", SCHEDULE)
    assert to_python_statements(node).text.splitlines() == [
        "if epoch < 20:",
        "    if learning_rate > 0.01:",
        "        return 0.05",
        "    return 1.0",
        "return epoch + 2.0",
    ]


def test_a_choice_within_arithmetic_becomes_a_conditional_expression() -> None:
    node = parse("2 * if_func(epoch < 20, if_func(epoch < 3, 1, 2), if_func(epoch < 30, 3, 4))", SCHEDULE)
    assert to_python(node).text == "2.0 * ((1.0 if epoch < 3 else 2.0) if epoch < 20 else 3.0 if epoch < 30 else 4.0)"


def test_only_the_functions_that_are_called_are_named() -> None:
    node = parse("pow(epoch, 1) / pow(2, 3) + 1", SCHEDULE)
    assert [each.__name__ for each in to_python(node).functions] == ["divide_no_nan", "power"]
    assert to_python(parse("epoch + 1", SCHEDULE)).functions == ()


def test_python_reads_the_deepest_choices_in_either_branch() -> None:
    levels = SCHEDULE.deepest - 2
    values = {"epoch": 0.0, "learning_rate": 0.0}
    for left, right in [("if_func(epoch < 9, ", ", 2)"), ("if_func(epoch > 9, 2, ", ")")]:
        node = parse(left * levels + "epoch" + right * levels, SCHEDULE)
        module = _module(to_python(node), to_python_statements(node))
        assert module.expression(**values) == module.statements(**values) == 0.0
