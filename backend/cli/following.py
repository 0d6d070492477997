"""Following runs from the terminal until they have ended, wherever they take place."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backend.cli.failure import Failure
from backend.cli.folder_lock import holder
from backend.cli.output import err, note, print_json, print_table, text
from backend.cli.places import Place, server_at, this_machine
from backend.settings.settings import Settings
from backend.store.runs import ACTIVE, RunState

POLL_SECONDS = 0.3

_COLUMNS = ("id", "name", "seed", "state", "generation", "best_fitness", "trainings", "trainings_saved", "seconds")


def place_of_runs(settings: Settings) -> AbstractContextManager[Place]:
    """Return the server that holds the data folder, else this machine."""
    other = holder(settings.data_dir)
    if other is None:
        if settings.workers == 0:
            raise Failure("Setting workers is 0: nobody would train. Give at least 1.")
        return this_machine(settings)
    if other.address is None:
        raise Failure(f"{other} works in {settings.data_dir}. Wait for its end or choose another folder (--data-dir).")
    note(f"It takes place on the server at {other.address}, with the workers that it has.")
    return server_at(other.address)


def follow(place: Place, run_ids: Sequence[int], watch: bool) -> list[dict[str, Any]]:
    """Wait until all runs have ended; return their last documents."""
    try:
        return _followed(place, run_ids, watch)
    except KeyboardInterrupt:
        note("Interrupted. The run is kept: it goes on as soon as workers are there (autolr up).")
        raise


def print_ended(documents: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    """Print how runs ended; the program's exit code says whether all went well."""
    _print(documents, as_json)
    if any(document["state"] in (RunState.FAILED, RunState.CANCELLED) for document in documents):
        raise typer.Exit(1)


def _followed(place: Place, run_ids: Sequence[int], watch: bool) -> list[dict[str, Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[now]}"), TimeElapsedColumn())
    ended: dict[int, dict[str, Any]] = {}
    with Progress(*columns, console=err, disable=not watch) as progress:
        bars = {run_id: progress.add_task(f"run {run_id}", total=1.0, now="") for run_id in run_ids}
        while True:
            for run_id in run_ids:
                if run_id in ended:
                    continue
                document = place.document(run_id)
                progress.update(bars[run_id], completed=document["progress"], now=_now(document))
                if document["state"] not in ACTIVE:
                    ended[run_id] = document
            if len(ended) == len(run_ids):
                return [ended[run_id] for run_id in run_ids]
            time.sleep(POLL_SECONDS)


def _now(document: Mapping[str, Any]) -> str:
    best = text(document["best_fitness"])
    return f"{document['state']}, generation {document['generation']} of {document['generations']}, best {best}"


def _print(documents: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    if as_json:
        for document in documents:
            print_json(document)
        return
    print_table(_COLUMNS, [[document[column] for column in _COLUMNS] for document in documents])
    for document in documents:
        if document["message"]:
            note(f"Run {document['id']}: {text(document['message'])}")
