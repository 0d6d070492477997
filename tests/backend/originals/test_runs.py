import json

import pytest

from backend.originals.errors import UnreadableOriginal
from tests.backend.originals.made import Files, schedules
from tests.backend.originals.reading import read

FOLDER = "made_schedules/run_0"


def changed(generation: int, change: object) -> Files:
    """Return the made files with one dump replaced."""
    return {**schedules().files(), f"{FOLDER}/iteration_{generation}.json": json.dumps(change).encode()}


def population(generation: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(schedules().files()[f"{FOLDER}/iteration_{generation}.json"])
    return found


def test_a_run_has_all_its_generations_in_order() -> None:
    (run,) = read(schedules(GENERATIONS=11).files()).runs
    assert len(run.generations) == 12
    assert run.population_size == 6
    assert run.individuals == 72


def test_a_gap_is_refused_by_the_name_of_what_is_missing() -> None:
    files = schedules().files()
    del files[f"{FOLDER}/iteration_1.json"]
    with pytest.raises(UnreadableOriginal, match=r"run_0/iteration_1\.json: it is missing, but there is iteration_2"):
        read(files)


def test_generations_of_different_sizes_are_refused() -> None:
    with pytest.raises(
        UnreadableOriginal, match=r"iteration_2\.json: it has 5 individuals, the generations before have 6"
    ):
        read(changed(2, population(2)[:5]))


def test_a_torn_dump_is_refused() -> None:
    files = schedules().files()
    files[f"{FOLDER}/iteration_1.json"] = files[f"{FOLDER}/iteration_1.json"][:-30]
    with pytest.raises(UnreadableOriginal, match=r"iteration_1\.json, line 1: the JSON ends in the middle"):
        read(files)


def test_genotypes_that_had_to_be_found_are_listed_and_many_are_counted() -> None:
    files = schedules(POPSIZE=30).files()
    path = f"{FOLDER}/iteration_0.json"
    files[path] = json.dumps([{**each, "genotype": None} for each in json.loads(files[path])]).encode()
    (run,) = read(files).runs
    notes = [left for left in run.not_taken_over if left.file == path]
    assert len(notes) == 21
    assert "none was dumped" in notes[0].why
    assert "10 further individuals" in notes[-1].why


def test_of_several_objects_of_parameters_the_last_counts_and_what_differs_is_listed() -> None:
    files = schedules().files()
    path = f"{FOLDER}/_parameters.json"
    files[path] = b'{"epochs": 3, "popsize": 6}\n' + files[path]
    found = read(files)
    assert found.parameters is not None
    assert found.parameters.values["training.epochs"] == 20
    assert any(left.key == "EPOCHS" and "3" in left.why for left in found.not_taken_over)


def test_a_report_that_disagrees_is_listed_by_line() -> None:
    files = {**schedules().files(), f"{FOLDER}/_progress_report.csv": b"0\t-0.99\t-0.4\t0.1\n"}
    lines = [left.line for left in read(files).not_taken_over if left.file.endswith(".csv")]
    assert lines == [None, 1]
