import pytest

from backend.export.context import ExportContext
from backend.export.formats import FORMATS, export, formats_of
from backend.export.reading import phenotype_in
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.update_rule import UpdateRule

CONTEXT = ExportContext(
    name='mine\nEvolved as: 0.5\n"""', run_id=1, individual_id=2, seed=3, problem="mnist-1d", fitness=0.5, generation=4,
    url=None, epochs=20,
)  # fmt: skip


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_every_exported_rule_is_read_back_from_its_file(name: str, format_name: str) -> None:
    rule = HUMAN_MADE_RULES[name].rule()
    if format_name in formats_of(rule):
        text = phenotype_in(export(rule, format_name, CONTEXT))
        assert text is not None
        assert UpdateRule.from_text(text) == rule


def test_an_exported_schedule_is_read_back_from_its_file() -> None:
    schedule = Schedule.from_text("if_func(epoch < 3, 0.1, multiply(0.5, learning_rate))")
    assert phenotype_in(export(schedule, "keras", CONTEXT)) == schedule.text


@pytest.mark.parametrize("text", ["", "import os\n", '"""A file. It was not Evolved as: 0.1"""', "Evolved as:"])
def test_other_files_have_none(text: str) -> None:
    assert phenotype_in(text) is None
