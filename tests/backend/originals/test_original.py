import pytest

from backend.originals import original
from backend.originals.errors import UnreadableOriginal
from tests.backend.originals.made import Made, facilitated, rules, schedules
from tests.backend.originals.reading import read


@pytest.mark.parametrize("made", [schedules(), rules(), facilitated()], ids=["schedules", "rules", "facilitated"])
def test_a_whole_experiment_is_read(made: Made) -> None:
    found = read(made.files())
    assert found.grammar is not None
    assert found.parameters is not None
    assert [len(run.generations) for run in found.runs] == [3]
    assert found.seeds == (0,)


def test_parameters_alone_and_a_grammar_alone_are_enough() -> None:
    files = rules().files()
    assert read({"p.yml": files["parameters.yml"]}).grammar is None
    alone = read({"g.txt": files["grammars/adaptive.txt"]})
    assert alone.parameters is None
    assert alone.grammar is not None
    assert alone.grammar.evolves == "update_rule"


def test_a_grammar_that_is_named_and_not_there_is_listed() -> None:
    found = read({"p.yml": rules().files()["parameters.yml"]})
    assert any(left.key == "GRAMMAR" and "choose a grammar" in left.why for left in found.not_taken_over)


def test_the_grammar_that_the_parameters_name_is_taken_and_others_are_listed() -> None:
    files = {**rules().files(), "grammars/other.txt": b"<e> ::= 0.1\n"}
    found = read(files)
    assert found.grammar is not None
    assert found.grammar.file == "grammars/adaptive.txt"
    assert any(left.file == "grammars/other.txt" for left in found.not_taken_over)


@pytest.mark.parametrize(
    ("without", "said"),
    [("grammars/adaptive.txt", "grammar's text file is missing"), ("parameters.yml", "its parameters are missing")],
)
def test_a_run_needs_its_grammar_and_its_parameters(without: str, said: str) -> None:
    files = {path: content for path, content in rules().files().items() if "_parameters" not in path}
    del files[without]
    with pytest.raises(UnreadableOriginal, match=said):
        read(files)


def test_runs_of_one_experiment_are_read_together() -> None:
    made = Made(schedules().settings, runs=2)
    assert [run.folder for run in read(made.files()).runs] == ["made_schedules/run_0", "made_schedules/run_1"]


def test_runs_of_different_settings_are_refused() -> None:
    files = schedules().files()
    for path, content in schedules(EPOCHS=7).files().items():
        files[path.replace("run_0", "run_1") if "run_0" in path else "ignored.csv"] = content
    with pytest.raises(UnreadableOriginal, match=r"run_1/_parameters\.json, line \d+: training\.epochs is 7"):
        read(files)


@pytest.mark.parametrize("files", [{}, {"photo.png": b""}, {"notes.txt": b"words"}])
def test_files_of_nothing_known_are_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableOriginal, match="no parameter YAML, grammar text or run_N dump"):
        read(files)


def test_two_parameter_files_are_refused() -> None:
    files = {"a.yml": rules().files()["parameters.yml"], "b.yml": rules().files()["parameters.yml"]}
    with pytest.raises(UnreadableOriginal, match="more than one parameter file"):
        read(files)


def test_two_grammars_without_a_name_are_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="which grammar is meant"):
        read({"a.txt": b"<e> ::= 0.1\n", "b.txt": b"<e> ::= 0.1\n"})


def test_more_individuals_than_one_transaction_should_store_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(original, "MOST_INDIVIDUALS", 17)
    with pytest.raises(UnreadableOriginal, match="18 individuals; 17 at once"):
        read(schedules().files())
