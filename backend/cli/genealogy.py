"""`autolr genealogy`: an individual's line of descent."""

from typing import Annotated

import typer

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, open_settings
from backend.cli.output import print_json, print_table
from backend.experiments.design import design_of
from backend.experiments.lineage import Step, lineage
from backend.store import individuals
from backend.store.lists import run_in_experiment

_COLUMNS = ("generations", "individual", "operator", "fitness", "gain", "other_parent", "words")


def genealogy(
    individual: Annotated[int, typer.Argument(help="The individual's number, as pages and API name it.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many steps, newest first.")] = 100,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> None:
    """Follow an individual back to generation 0: which operator brought what, and what it was worth."""
    with current_database(open_settings(data_dir=data_dir)) as database, database.read() as session:
        found = individuals.get(session, individual)
        row = run_in_experiment(session, found.run_id) if found else None
        if found is None or row is None:
            raise Failure(f"There is no individual {individual}.")
        steps = lineage(session, design_of(row.experiment), found, limit).steps
    documents = [_document(step) for step in steps]
    if as_json:
        print_json({"items": documents})
        return
    print_table(_COLUMNS, [[document[column] for column in _COLUMNS] for document in documents])


def _document(step: Step) -> dict[str, object]:
    form = step.form
    first, last = form.member.generation, form.newest.generation
    return {
        "generations": str(first) if first == last else f"{first} to {last}",
        "individual": form.member.id,
        "operator": form.member.operator,
        "fitness": form.member.fitness,
        "gain": step.gain,
        "parent": form.parent.id if form.parent else None,
        "other_parent": form.other.id if form.other else None,
        "words": step.words,
    }
