import pytest

from backend.originals.errors import UnreadableOriginal
from backend.originals.files import OriginalFile, sort_files
from tests.backend.originals.made import schedules
from tests.backend.originals.reading import given


def refuse_to_read() -> bytes:
    raise AssertionError("this file must not be opened")


def test_files_are_told_by_their_names() -> None:
    found = sort_files(given(schedules().files()))
    assert [file.path for file in found.parameters] == ["parameters.yml"]
    assert [file.path for file in found.grammars] == ["grammars/dynamic.txt"]
    (run,) = found.runs
    assert run.folder == "made_schedules/run_0"
    assert sorted(run.iterations) == [0, 1, 2]
    assert run.parameters is not None
    assert run.report is not None


@pytest.mark.parametrize(
    "name",
    ["builtinstate_3", "numpystate_3", "population_4.json", "z-archive_3.json", "elicit_report.txt", "photo.png"],
)
def test_what_is_of_no_use_is_listed_and_never_opened(name: str) -> None:
    found = sort_files([OriginalFile(f"run_0/{name}", refuse_to_read)])
    assert [left.file for left in found.not_taken_over] == [f"run_0/{name}"]


def test_runs_come_in_the_order_of_their_numbers() -> None:
    files = {f"x/run_{number}/iteration_0.json": b"[]" for number in (10, 2, 1)}
    assert [run.folder for run in sort_files(given(files)).runs] == ["x/run_1", "x/run_2", "x/run_10"]


def test_a_text_without_rules_is_no_grammar() -> None:
    found = sort_files(given({"README.txt": b"words"}))
    assert not found.grammars
    assert found.not_taken_over[0].file == "README.txt"


def test_a_generation_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="generation 1 is there twice"):
        sort_files(given({"run_0/iteration_1.json": b"[]", "run_0/iteration_01.json": b"[]"}))


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="UTF-8"):
        given({"a.txt": b"\xff\xfe\x00"})[0].text()


def test_parameters_of_a_run_without_dumps_are_parameters() -> None:
    found = sort_files(given({"run_0/_parameters.json": b"{}"}))
    assert [file.path for file in found.parameters] == ["run_0/_parameters.json"]
