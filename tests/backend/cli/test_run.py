"""Runs to their end, on real parts: a few seconds of training each."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from backend.cli.folder_lock import locked
from backend.settings.settings import Settings
from tests.backend.cli.programs import Program, start

SMALL = [
    *("--set", "search.population_size=3", "--set", "search.generations=2", "--set", "search.tournament_size=2"),
    *("--set", "training.epochs=2", "--set", "training.train=500"),
    *("--set", "training.validation=100", "--set", "training.fitness=100"),
]


def lines_of(process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    """Wait for its end; return the JSON lines that it printed."""
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.training
def test_a_run_without_a_server_ends_with_one_line_of_json_a_run_and_the_same_digest_every_time(
    data_dir: object, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    arguments = ["run", "quickstart", "--seed", "7", *SMALL, "--json"]
    first, second = lines_of(start([*arguments, "--runs", "2", "--workers", "2"]))
    assert (first["seed"], second["seed"]) == (7, 8)
    assert (first["state"], first["generation"], first["preset"]) == ("finished", 1, "quickstart")
    assert {"id", "best_fitness", "digest", "trainings", "trainings_saved", "seconds"} <= set(first)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (again,) = lines_of(start([*arguments, "--workers", "1", "--data-dir", str(elsewhere)]))
    assert again["digest"] == first["digest"] != second["digest"]
    assert again["trainings"] == first["trainings"] > 0


def test_while_another_run_works_in_the_data_folder_there_is_no_room_for_a_second_one(
    autolr: Program, settings: Settings
) -> None:
    settings.data_dir.mkdir()
    with locked(settings.data_dir, None):
        outcome = autolr("run", "quickstart")
    assert outcome.code == 2
    assert "a run without a server (process" in outcome.err


def test_a_server_that_does_not_answer_is_named(autolr: Program, settings: Settings) -> None:
    settings.data_dir.mkdir()
    with locked(settings.data_dir, f"http://127.0.0.1:{settings.port}"):
        outcome = autolr("run", "quickstart")
    assert outcome.code == 2
    assert f"The server at http://127.0.0.1:{settings.port}/api/v1/ does not answer" in outcome.err


@pytest.mark.parametrize(("text", "words"), [(None, "nor a file"), ("import os", "names no phenotype")])
def test_a_seed_from_a_file_that_has_none_is_refused(
    autolr: Program, tmp_path: Path, text: str | None, words: str
) -> None:
    file = tmp_path / "rule.py"
    if text is not None:
        file.write_text(text)
    outcome = autolr("run", "quickstart", "--seed-from", str(file))
    assert outcome.code == 2
    assert words in outcome.err


@pytest.mark.training
def test_a_search_is_followed_by_its_verdict_and_the_same_seed_gives_the_same_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rivals = ["--set", "benchmark.overrides.trials=2", "--set", "benchmark.overrides.protocol.epochs=1"]
    rivals += ["--set", "benchmark.overrides.protocol.train=500", "--benchmark", "gp-2025-comparison#2"]
    found = []
    for workers in ("2", "1"):
        folder = str(tmp_path_factory.mktemp("verdict"))
        arguments = ["run", "quickstart", "--seed", "7", *SMALL, *rivals, "--json", "--workers", workers]
        verdict, searched = lines_of(start([*arguments, "--data-dir", folder]))
        assert (verdict["state"], searched["state"]) == ("finished", "finished")
        assert [run["id"] for run in verdict["runs"]] == [searched["id"]]
        assert verdict["finalists"] == ["evolved 1", "evolved 2"]
        found.append((verdict["table"], verdict["headline"], searched["digest"]))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--benchmark", "nothing"], "there is no benchmark preset 'nothing'; there are "),
        (["--benchmark", "gp-2025-comparison#many"], "not of the form PRESET or PRESET#3"),
        (["--benchmark", "gp-2025-comparison#20", *SMALL], "is 20, but the population has only 3 individuals"),
    ],
)
def test_a_benchmark_that_cannot_follow_is_refused_before_anything_starts(
    autolr: Program, arguments: list[str], said: str
) -> None:
    outcome = autolr("run", "quickstart", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
