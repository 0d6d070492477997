from backend.originals.not_taken_over import NotTakenOver


def test_it_is_written_with_its_place() -> None:
    assert str(NotTakenOver("p.yml", 3, "RUN", "why.")) == "p.yml, line 3: RUN: why."
    assert str(NotTakenOver("state", None, "", "why.")) == "state: why."
