import json
from pathlib import Path

import pytest

from backend.grammar.reader import read_grammar
from tests.backend.api.test_archive import packed
from tests.backend.cli.programs import Program
from tests.backend.originals.made import Files, rules, schedules


def written(files: Files, folder: Path) -> Path:
    """Write the files below the folder and return it."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_a_folder_becomes_a_run_and_what_was_left_behind_is_listed(
    autolr: Program, sqlite_url: str, tmp_path: Path
) -> None:
    outcome = autolr("import", str(written(schedules().files(), tmp_path / "theirs")))
    assert outcome.code == 0
    assert "no derivation uses this rule" in outcome.out
    (run,) = json.loads(autolr("runs", "list", "--json").out)["items"]
    assert (run["name"], run["state"], run["imported_generations"]) == ("made_schedules", "finished", 3)


def test_a_database_is_made_where_there_is_none(autolr: Program, data_dir: Path, tmp_path: Path) -> None:
    assert autolr("import", str(written(schedules().files(), tmp_path / "theirs"))).code == 0
    assert len(json.loads(autolr("runs", "list", "--json").out)["items"]) == 1


def test_scripts_get_one_document(autolr: Program, sqlite_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "theirs.zip"
    archive.write_bytes(packed(rules().files()))
    document = json.loads(autolr("import", str(archive), "--json").out)
    assert (document["experiment_id"], document["run_ids"], document["evolves"]) == (1, [1], "update_rule")
    assert document["not_taken_over"][0].keys() == {"file", "line", "key", "why"}


def test_a_grammar_is_printed_or_written(autolr: Program, sqlite_url: str, tmp_path: Path) -> None:
    written(rules().files(), tmp_path)
    target = tmp_path / "mine.bnf"
    source = str(tmp_path / "grammars" / "adaptive.txt")
    assert "<alpha_expr> ::= <alpha_func> | <alpha_terminal>" in autolr("import", source).out
    assert autolr("import", source, "--grammar", str(target)).code == 0
    assert read_grammar(target.read_text()).notes.evolves == "update_rule"


def test_settings_alone_store_nothing(autolr: Program, sqlite_url: str, tmp_path: Path) -> None:
    written(rules().files(), tmp_path)
    outcome = autolr("import", str(tmp_path / "parameters.yml"))
    assert "nothing was stored" in outcome.out
    assert json.loads(autolr("runs", "list", "--json").out)["items"] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("compose.yml", b"version: 3\n", "Nothing was imported. compose.yml: this is no parameter file"),
        ("torn.yml", b"POPSIZE: [1\n", "Nothing was imported. torn.yml, line 2: this is no YAML"),
        ("photo.png", b"", "Nothing was imported. photo.png: there is no parameter YAML"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    autolr: Program, sqlite_url: str, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = autolr("import", str(tmp_path / name))
    assert outcome.code == 2
    assert outcome.err.startswith(said)
    assert outcome.err.count("\n") == 1


def test_a_path_that_is_not_there_is_said_so(autolr: Program, sqlite_url: str) -> None:
    outcome = autolr("import", "/nowhere/at/all")
    assert (outcome.code, outcome.err) == (2, "There is no file or folder /nowhere/at/all.\n")
