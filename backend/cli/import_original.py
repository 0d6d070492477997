"""`autolr import`: files of the original AutoLR become an experiment, a grammar, settings."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.api.archive import files_of_archive
from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import make_data_folder, open_settings, upgraded_database
from backend.cli.output import out, print_fields, print_json, print_table, text, write
from backend.experiments.import_original import ReadImport, read_import, store_import
from backend.originals.errors import UnreadableOriginal
from backend.originals.files import OriginalFile

_COLUMNS = ("file", "line", "key", "why")


def import_original(
    paths: Annotated[
        list[Path], typer.Argument(help="A folder, a zip archive, or files: parameter YAML, grammar, run_N dumps.")
    ],
    grammar_file: Annotated[Path | None, typer.Option("--grammar", help="Write the translated grammar here.")] = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Import from the original AutoLR, and list by line what cannot be taken over. Nothing of it is ever executed."""
    settings = open_settings(data_dir=data_dir)
    try:
        read = read_import(list(_files(paths)))
    except UnreadableOriginal as error:
        raise Failure(f"Nothing was imported. {error}") from None
    experiment_id: int | None = None
    run_ids: list[int] = []
    if read.original.runs:
        make_data_folder(settings)
        with upgraded_database(settings) as database, database.write() as session:
            experiment, runs = store_import(session, read)
            experiment_id, run_ids = experiment.id, [run.id for run in runs]
    if grammar_file is not None:
        _write_grammar(grammar_file, read)
    document = _document(read, experiment_id, run_ids)
    if as_json:
        print_json(document)
    else:
        _print(document)


def _files(paths: Sequence[Path]) -> Iterator[OriginalFile]:
    """Yield the files by the names that messages use: below the folder that was given."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                below = file.relative_to(path)
                if file.is_file() and not any(part.startswith(".") for part in below.parts):
                    yield _file(file, below.as_posix())
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from files_of_archive(path.read_bytes())
        elif path.is_file():
            yield _file(path, path.name)
        else:
            raise Failure(f"There is no file or folder {path}.")


def _file(path: Path, name: str) -> OriginalFile:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnreadableOriginal(name, f"it cannot be read: {error.strerror}.") from None

    return OriginalFile(name, read)


def _write_grammar(file: Path, read: ReadImport) -> None:
    if read.grammar is None:
        raise Failure("There is no grammar among the files, so there is none to write.")
    write(read.grammar, file)


def _document(read: ReadImport, experiment_id: int | None, run_ids: Sequence[int]) -> dict[str, Any]:
    return {
        "experiment_id": experiment_id,
        "run_ids": list(run_ids),
        "name": read.name,
        "evolves": read.original.grammar.evolves if read.original.grammar else None,
        "grammar": read.grammar,
        "overrides": read.order.overrides,
        "not_taken_over": [asdict(each) for each in read.not_taken_over],
    }


def _print(document: dict[str, Any]) -> None:
    settings = {key: value for key, value in document["overrides"].items() if key != "grammar"}
    shown = {key: document[key] for key in ("name", "experiment_id", "run_ids", "evolves")}
    print_fields({**shown, "settings": settings})
    if document["experiment_id"] is None:
        out.print("There were no runs, so nothing was stored.")
        if document["grammar"]:
            out.print("The grammar in our words:\n")
            out.out(document["grammar"])
    if document["not_taken_over"]:
        rows = [[left[column] for column in _COLUMNS] for left in document["not_taken_over"]]
        print_table(_COLUMNS, rows, title=text("Not taken over, or not as it is"))
