import json

from tests.backend.cli.programs import Program


def test_the_doctor_speaks_to_people(autolr: Program) -> None:
    outcome = autolr("doctor")
    assert outcome.code == 0
    assert "-> autolr up" in outcome.out


def test_the_doctor_speaks_to_scripts(autolr: Program) -> None:
    items = json.loads(autolr("doctor", "--json").out)["items"]
    assert {"subject", "verdict", "finding", "remedy"} == set(items[0])


def test_a_problem_is_an_exit_code(autolr: Program) -> None:
    outcome = autolr("doctor", "--data-dir", "/dev/null/folder")
    assert outcome.code == 1
    assert "problem" in outcome.out
