from backend.originals.errors import UnreadableOriginal


def test_the_message_names_file_and_line() -> None:
    assert str(UnreadableOriginal("p.yml", "no.", 4)) == "p.yml, line 4: no."
    assert str(UnreadableOriginal("p.yml", "no.")) == "p.yml: no."


def test_a_long_reason_loses_its_middle_and_keeps_its_end() -> None:
    said = str(UnreadableOriginal("p.yml", f"codon {'9' * 4000} is of another grammar.", 4))
    assert len(said) < 700
    assert said.startswith("p.yml, line 4: codon 999")
    assert said.endswith("999 is of another grammar.")
