import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from backend.export.context import ExportContext
from backend.export.formats import FORMATS, NotExportable, export, formats_of
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.schedule_program import ScheduleProgram
from backend.phenotypes.update_rule import UpdateRule

_ADAM_LIKE = UpdateRule.from_text(
    "x = multiply(0.1, subtract(x, g)); y = multiply(0.01, subtract(y, square(g))); z = 0;"
    "weight = multiply(0.001, divide_no_nan(x, add(sqrt(y), 1e-7)))"
)
_HOSTILE = ['"""\nimport os\nos.abort()\n"""', '\\"""', "ends with \"'\\", "\ud800\u202e", "$docstring ${imports} {x}"]


def test_the_table_says_what_each_format_can_export() -> None:
    assert formats_of(_ADAM_LIKE) == ("keras", "torch", "optax") == tuple(FORMATS)
    assert formats_of(Schedule.from_text("0.05")) == ("keras",)
    assert formats_of(ScheduleProgram.from_text("loss", 5)) == ("keras",)


def test_what_cannot_be_exported_is_refused_with_what_can(context: ExportContext) -> None:
    with pytest.raises(NotExportable, match=r"A schedule cannot be exported as 'torch'; possible is keras\."):
        export(Schedule.from_text("0.05"), "torch", context)
    with pytest.raises(NotExportable, match="An update rule cannot be exported as 'onnx'; possible is keras or torch"):
        export(_ADAM_LIKE, "onnx", context)


def test_a_schedule_is_exported_for_keras(context: ExportContext) -> None:
    assert "def schedule(epoch, learning_rate):" in export(Schedule.from_text("0.05"), "keras", context)


def test_a_schedule_program_is_exported_for_keras_alone(context: ExportContext) -> None:
    program = ScheduleProgram.from_text("loss", 5)
    assert "def value(epoch, loss, val_loss, epoch_share):" in export(program, "keras", context)
    with pytest.raises(NotExportable, match=r"A schedule cannot be exported as 'optax'; possible is keras\."):
        export(program, "optax", context)


@pytest.mark.parametrize("name", FORMATS)
def test_an_exported_rule_imports_its_library_and_nothing_of_ours(
    name: str, exported: Mapping[str, Sequence[str]]
) -> None:
    allowed = {"keras", "torch", "jax", "optax", "math", "functools", "typing"}
    for source in exported[name]:
        for statement in ast.walk(ast.parse(source)):
            if isinstance(statement, ast.Import):
                assert {alias.name.split(".")[0] for alias in statement.names} <= allowed
            if isinstance(statement, ast.ImportFrom):
                assert statement.module in allowed


@pytest.mark.parametrize("name", FORMATS)
def test_an_exported_rule_looks_as_if_a_person_had_written_it(name: str, exported: Mapping[str, Sequence[str]]) -> None:
    for source in exported[name]:
        assert source.endswith("\n")
        assert not source.endswith("\n\n")
        assert "\n\n\n\n" not in source
        code = source.split('"""\n', 1)[1].splitlines()
        assert max(map(len, code)) <= 100, max(code, key=len)
        assert not [line for line in code if line != line.rstrip()]


@pytest.mark.parametrize("name", FORMATS)
def test_an_exported_rule_has_the_states_that_it_needs_and_no_other(name: str, context: ExportContext) -> None:
    dead = UpdateRule.from_text("x = subtract(x, g); y = add(y, x); z = multiply(0.3, subtract(z, g)); weight = z")
    source = export(dead, name, context)
    assert "z - z_rate" in source.replace("self.", "")
    assert "y = add(y, x);" in source
    code = source.split('"""\n', 1)[1]
    assert not {"x", "y"} & {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("name", FORMATS)
def test_the_docstring_tells_where_a_rule_comes_from(name: str, context: ExportContext) -> None:
    docstring = ast.get_docstring(ast.parse(export(_ADAM_LIKE, name, context)))
    assert docstring is not None
    for part in (
        f"An optimizer that AutoLR evolved, for {FORMATS[name].title}.",
        "Run: 3, quickstart",
        "Individual: 57, of generation 4",
        "Seed: 7",
        "Problem: mnist-1d",
        "Fitness: 0.8125",
        "http://127.0.0.1:8400/individuals/57",
        "x = multiply(0.1, subtract(x, g));",
        "weight = multiply(0.001, divide_no_nan(x, add(sqrt(y), 1e-07)))",
    ):
        assert part in docstring


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("typed", _HOSTILE)
def test_no_text_of_a_user_becomes_code(name: str, typed: str, context: ExportContext) -> None:
    harmless = ast.parse(export(_ADAM_LIKE, name, context))
    hostile = replace(context, name=typed, problem=typed, url=typed)
    found = ast.parse(export(_ADAM_LIKE, name, hostile).encode("utf-8"))
    assert [ast.dump(node) for node in found.body[1:]] == [ast.dump(node) for node in harmless.body[1:]]
    assert (ast.get_docstring(found, clean=False) or "").count(typed) == 3


@pytest.mark.parametrize("name", FORMATS)
def test_a_rule_that_reads_t_asks_for_the_number_of_steps(name: str, context: ExportContext) -> None:
    assert "total_steps" not in export(_ADAM_LIKE, name, context)
    decaying = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = multiply(0.01, multiply(g, subtract(1, t)))")
    for function in ast.walk(ast.parse(export(decaying, name, context))):
        if isinstance(function, ast.FunctionDef) and function.name in ("__init__", "evolved_optimizer"):
            required = function.args.args[: len(function.args.args) - len(function.args.defaults)]
            assert required[-1].arg == "total_steps"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_individual_gives_the_same_file(name: str, context: ExportContext) -> None:
    assert export(_ADAM_LIKE, name, context) == export(_ADAM_LIKE, name, context)
