from backend.problems.catalogue import problem_names
from worker.survey import survey


def test_every_problem_can_be_loaded_or_has_a_reason_in_words() -> None:
    found = survey(None, download=False)
    assert tuple(found) == problem_names()
    assert found["mnist-1d"] is None
    assert all(reason is None or " " in reason for reason in found.values())
