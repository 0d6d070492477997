"""Benchmarks from the terminal, on real parts: a few seconds of training each."""

import json
from pathlib import Path

import pytest

from tests.backend.cli.programs import Program, start

SMALL = ["--set", "protocol.epochs=1", "--set", "protocol.train=500", "--set", "trials=2"]


@pytest.mark.training
def test_a_benchmark_without_a_server_ends_with_a_verdict_and_the_same_scores_every_time(
    data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tables = []
    for workers in ("2", "1"):
        folder = str(tmp_path_factory.mktemp("benchmark"))
        arguments = ["benchmark", "gp-2025-comparison", "--seed", "3", *SMALL, "--json", "--workers", workers]
        process = start([*arguments, "--data-dir", folder])
        out, err = process.communicate(timeout=600)
        assert process.returncode == 0, err
        document = json.loads(out)
        assert (document["state"], document["trainings_finished"]) == ("finished", document["trainings"])
        assert "2 trials and 3 comparisons can show nothing" in document["warnings"][0]
        tables.append((document["table"], document["headline"]))
    assert tables[0] == tables[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "there is no benchmark preset 'nothing'; there are "),
        (["gp-2025-comparison", "--contender", "345"], "not of the form individual:NUMBER"),
        (["gp-2025-comparison", "--set", "trials=0"], "trials: must be greater than or equal to 1"),
        (["absent.yaml"], "The file absent.yaml cannot be read"),
    ],
)
def test_what_is_wrong_is_said_before_anything_starts(autolr: Program, arguments: list[str], said: str) -> None:
    outcome = autolr("benchmark", *arguments)
    assert outcome.code == 2
    assert said in outcome.err


@pytest.mark.parametrize("text", ["- a list", "{", "words"])
def test_a_file_that_declares_nothing_is_refused(autolr: Program, tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    outcome = autolr("benchmark", str(file))
    assert outcome.code == 2
    assert str(file) in outcome.err


def test_a_plan_says_what_it_would_cost_and_makes_nothing(autolr: Program, data_dir: Path) -> None:
    outcome = autolr("benchmark", "gp-2025-comparison", "--plan")
    assert outcome.code == 0, outcome.err
    assert "40 trainings" in outcome.out
    assert "comparisons" in outcome.out
    assert not data_dir.exists() or not list(data_dir.iterdir())


def test_a_plan_is_json_for_scripts_and_has_the_warnings(autolr: Program) -> None:
    outcome = autolr("benchmark", "gp-2025-comparison", "--plan", "--set", "trials=3", "--json")
    plan = json.loads(outcome.out)
    assert (plan["comparisons"], plan["stages"][0]) == (3, {"name": "trials", "trainings": 12})
    assert "can show nothing" in plan["warnings"][0]
