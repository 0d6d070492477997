"""Reports from the terminal, of a benchmark in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.settings.settings import load_settings
from backend.store.database import Database
from tests.backend.cli.programs import Program
from tests.backend.experiments.contest import contest, finished, launched
from tests.backend.experiments.farm import Farm


@pytest.fixture
def farm(autolr: Program, data_dir: Path) -> Iterator[Farm]:
    """Pretended workers on the database of the data folder."""
    assert autolr("db", "upgrade").code == 0
    database = Database(load_settings(data_dir=data_dir).database_url)
    yield Farm(database)
    database.close()


@pytest.mark.parametrize(
    ("format_name", "beginning"), [("html", "<!doctype html>"), ("latex", "% "), ("csv", "problem,")]
)
def test_a_report_is_written_in_the_form_that_is_asked_for(
    autolr: Program, farm: Farm, tmp_path: Path, format_name: str, beginning: str
) -> None:
    finished(farm, contest())
    file = tmp_path / "report"
    outcome = autolr("benchmark-report", "1", "--format", format_name, "-o", str(file))
    assert (outcome.code, outcome.out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(beginning)


def test_without_a_file_it_is_printed_and_what_is_unfinished_is_said(autolr: Program, farm: Farm) -> None:
    launched(farm, contest())
    outcome = autolr("benchmark-report", "1", "--format", "latex")
    assert outcome.out.startswith("% ")
    assert "Benchmark 1 is running" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["9"], "There is no benchmark 9."),
        (["1", "--format", "pdf"], "--format is 'pdf'; one of html, latex, csv is allowed."),
        (["1", "-o", "/nowhere/report.html"], "/nowhere/report.html cannot be written"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(autolr: Program, farm: Farm, arguments: list[str], said: str) -> None:
    launched(farm, contest())
    outcome = autolr("benchmark-report", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
