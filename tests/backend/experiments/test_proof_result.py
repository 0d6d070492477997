import pytest

from backend.experiments.proof_result import ProofResult
from backend.export.comparison import Difference
from backend.export.proof import Proof


@pytest.mark.parametrize(
    ("proof", "outcome"),
    [
        (Proof(50, 17, Difference(1e-7, 2e-7, 0.0, None), "PyTorch 2"), "proven"),
        (Proof(50, 17, Difference(0.1, 0.2, 0.0, 3), "PyTorch 2"), "wrong"),
        (Proof(50, 17, reason="it crashed."), "not_proven"),
    ],
)
def test_a_result_is_stored_and_read_back(proof: Proof, outcome: str) -> None:
    result = ProofResult.of(proof, "torch", 1.5)
    assert (result.outcome, result.text, result.steps, result.elements) == (outcome, proof.text, 50, 17)
    assert ProofResult.from_json(result.to_json()) == result


def test_where_the_library_is_missing_it_says_which_setting_helps() -> None:
    missing = Proof(50, 17, reason="python has no PyTorch; install it there", library_is_missing=True)
    assert "python_for_torch" in ProofResult.of(missing, "torch", 0.1).text
