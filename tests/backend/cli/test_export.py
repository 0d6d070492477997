import runpy
from pathlib import Path

from backend.experiments.progress import run_document
from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm, order, rules_order
from tests.backend.experiments.proofs import prove_next, request


def test_the_best_schedule_of_a_run_becomes_a_python_file_that_runs(
    autolr: Program, finished_run: int, farm: Farm, tmp_path: Path
) -> None:
    file = tmp_path / "best.py"
    assert autolr("export", "--run", str(finished_run), "--output", str(file)).code == 0
    exported = runpy.run_path(str(file))
    assert exported["schedule"](0, 0.01) >= 0
    with farm.database.read() as session:
        document = run_document(session, finished_run)
    assert f"Individual: {document['best_individual_id']}" in exported["__doc__"]


def test_without_a_file_it_is_printed(autolr: Program, finished_run: int) -> None:
    printed = autolr("export", "1").out
    assert "Individual: 1," in printed
    compile(printed, "printed", "exec")


def test_a_format_that_has_no_form_for_it_is_answered_with_those_that_have(autolr: Program, finished_run: int) -> None:
    outcome = autolr("export", "1", "--format", "torch")
    assert (outcome.code, outcome.err) == (2, "A schedule cannot be exported as 'torch'; possible is keras.\n")


def test_what_is_not_there_is_said_so(autolr: Program, finished_run: int) -> None:
    assert autolr("export", "--run", "99").err == "There is no run 99.\n"
    assert autolr("export", "999").err == "There is no individual 999.\n"


def test_a_run_without_a_best_has_nothing_to_export(autolr: Program, farm: Farm) -> None:
    farm.launch(order())
    assert "no best individual yet" in autolr("export", "--run", "1").err


def test_a_file_that_cannot_be_written_is_named(autolr: Program, finished_run: int, tmp_path: Path) -> None:
    outcome = autolr("export", "1", "-o", str(tmp_path / "nowhere" / "file.py"))
    assert outcome.code == 2
    assert "cannot be written: No such file or directory" in outcome.err


def test_what_a_proof_found_is_said_beside_the_file_and_in_it(autolr: Program, farm: Farm) -> None:
    farm.launch(rules_order())
    assert autolr("export", "1", "--format", "torch").err == ""
    request(farm)
    prove_next(farm)
    outcome = autolr("export", "1", "--format", "torch")
    assert outcome.err == "Proven with PyTorch 2: largest difference 0.\n"
    assert "Code: Proven with PyTorch 2: largest difference 0." in outcome.out
