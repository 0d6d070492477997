from backend.originals.errors import UnreadableOriginal


def test_the_message_names_file_and_line() -> None:
    assert str(UnreadableOriginal("p.yml", "no.", 4)) == "p.yml, line 4: no."
    assert str(UnreadableOriginal("p.yml", "no.")) == "p.yml: no."
