import pytest

from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm, rules_order


@pytest.mark.training
def test_a_proof_that_is_waited_for_is_done_by_a_worker_of_its_own(
    autolr: Program, farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    farm.launch(rules_order())
    farm.sender.sent.clear()
    monkeypatch.setenv("AUTOLR_PYTHON_FOR_TORCH", "/nowhere/python")
    outcome = autolr("export", "1", "--format", "torch", "--prove")
    assert outcome.code == 0
    assert "Not proven here: the interpreter /nowhere/python cannot be started" in outcome.err
    assert "Code: Not proven here" in outcome.out


def test_without_workers_nobody_would_prove_it(autolr: Program, farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    farm.launch(rules_order())
    monkeypatch.setenv("AUTOLR_WORKERS", "0")
    outcome = autolr("export", "1", "--format", "torch", "--prove")
    assert (outcome.code, outcome.out) == (2, "")
    assert "workers is 0" in outcome.err


def test_what_has_no_form_is_refused_before_anything_is_started(autolr: Program, finished_run: int) -> None:
    outcome = autolr("export", "1", "--format", "torch", "--prove")
    assert outcome.err == "A schedule cannot be exported as 'torch'; possible is keras.\n"
