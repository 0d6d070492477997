"""Runs: what they are doing, and what a user may do to them."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from backend.api.documents.document import Page
from backend.api.documents.generations import GenerationDocument, generation_document
from backend.api.documents.individuals import IndividualDocument, individual_document
from backend.api.documents.runs import Extension, RunDetail, RunDocument, RunStateName, run_detail, run_document
from backend.api.existing import existing_run
from backend.api.failures import WRITING, failures
from backend.api.paging import NUMBER_KEY, Paged, page_of, read_token
from backend.api.parameters import LARGEST_ID, RunId, SearchText, SentOnPurpose
from backend.api.services import UsesDatabase, UsesServices
from backend.experiments import control
from backend.experiments.advance import advance_run
from backend.experiments.design import Design, design_of
from backend.experiments.extend import extend
from backend.experiments.overview import overviews
from backend.experiments.program_portrait import rates_at_losses
from backend.experiments.rule_portrait import short_formula
from backend.experiments.savings import savings
from backend.experiments.transfer import sources_of
from backend.store import lists
from backend.store.fittest import fittest
from backend.store.lists import IndividualWithBehaviour, RunKey, RunOrder

router = APIRouter(prefix="/runs", tags=["runs"])

# What a page's token holds in each order: the value it is ordered by, and the id.
RUN_KEYS: dict[RunOrder, TypeAdapter[Any]] = {
    RunOrder.CREATED_AT: TypeAdapter(tuple[None, int]),
    RunOrder.BEST_FITNESS: TypeAdapter(tuple[float | None, int]),
    RunOrder.NAME: TypeAdapter(tuple[str, int]),
}
INDIVIDUAL_KEY = TypeAdapter(tuple[int, int])


@router.get("")
def list_runs(
    database: UsesDatabase,
    paged: Paged,
    state: Annotated[list[RunStateName], Query(description="only runs in one of these states")] = [],  # noqa: B006 - FastAPI copies it
    q: SearchText = None,
    sort: Annotated[RunOrder, Query(description="newest, best, or by name")] = RunOrder.CREATED_AT,
) -> Page[RunDocument]:
    """List runs; best first puts runs without any fitness last."""
    after = read_token(paged.token, f"runs:{sort}", RUN_KEYS[sort])
    with database.read() as session:
        rows = lists.runs_page(
            session, order=sort, states=state, text=q, after=after and RunKey(*after), limit=paged.size + 1
        )
        page, token = page_of(rows, paged.size, f"runs:{sort}", lambda row: lists.run_key(row, sort))
        return Page(items=[run_document(run) for run in overviews(session, page)], next_page_token=token)


@router.get("/{run_id}", responses=failures(404))
def get_run(run_id: RunId, database: UsesDatabase) -> RunDetail:
    """Get a run."""
    with database.read() as session:
        return _detail(session, run_id)


@router.post("/{run_id}/stop", status_code=202, responses=failures(404) | WRITING, dependencies=[SentOnPurpose])
def stop_run(run_id: RunId, services: UsesServices) -> RunDetail:
    """Stop a run: it finishes the generation that is being evaluated, then ends."""
    with services.database.write() as session:
        control.stop(session, run_id)
    with services.database.read() as session:
        return _detail(session, run_id)


@router.post("/{run_id}/cancel", status_code=202, responses=failures(404) | WRITING, dependencies=[SentOnPurpose])
def cancel_run(run_id: RunId, services: UsesServices) -> RunDetail:
    """Cancel a run: it ends now; what is being trained is given up, what was found is kept."""
    with services.database.write() as session:
        control.cancel(session, run_id)
    with services.database.read() as session:
        return _detail(session, run_id)


@router.post("/{run_id}/extend", status_code=202, responses=failures(404) | WRITING)
def extend_run(run_id: RunId, extension: Extension, services: UsesServices) -> RunDetail:
    """Extend a run that has ended: it evaluates more generations, as if it had been ordered with them."""
    with services.database.write() as session:
        resumed = extend(session, run_id, extension.generations)
    services.sender.send(resumed)
    advance_run(services.database, services.sender, run_id)
    with services.database.read() as session:
        return _detail(session, run_id)


@router.get("/{run_id}/generations", responses=failures(404))
def list_generations(run_id: RunId, database: UsesDatabase, paged: Paged) -> Page[GenerationDocument]:
    """List a run's complete generations, the first one first."""
    order = f"generations:{run_id}"
    after = read_token(paged.token, order, NUMBER_KEY)
    with database.read() as session:
        existing_run(session, run_id)
        rows = lists.generations_page(session, run_id, after=after, limit=paged.size + 1)
    page, token = page_of(rows, paged.size, order, lambda row: row.number)
    return Page(items=[generation_document(row) for row in page], next_page_token=token)


@router.get("/{run_id}/individuals", responses=failures(404))
def list_individuals(
    run_id: RunId,
    database: UsesDatabase,
    paged: Paged,
    generation: Annotated[int | None, Query(ge=0, le=LARGEST_ID, description="only those of this generation")] = None,
) -> Page[IndividualDocument]:
    """List a run's individuals by generation and index."""
    order = f"individuals:{run_id}:{generation}"
    after = read_token(paged.token, order, INDIVIDUAL_KEY)
    with database.read() as session:
        run = existing_run(session, run_id)
        rows = lists.individuals_page(session, run_id, generation=generation, after=after, limit=paged.size + 1)
    page, token = page_of(rows, paged.size, order, lambda row: (row.individual.generation, row.individual.index))
    return Page(items=_individual_documents(design_of(run.experiment), page), next_page_token=token)


@router.get("/{run_id}/best", responses=failures(404))
def list_best_individuals(
    run_id: RunId,
    database: UsesDatabase,
    count: Annotated[int, Query(ge=1, le=100, description="at most so many")] = 10,
) -> Page[IndividualDocument]:
    """List the best individuals of a run, no two of which behave the same, best first."""
    with database.read() as session:
        run = existing_run(session, run_id)
        rows = [lists.individual_with_behaviour(session, one.id) for one in fittest(session, [run_id], count)]
    return Page(items=_individual_documents(design_of(run.experiment), [row for row in rows if row]))


def _individual_documents(design: Design, rows: Sequence[IndividualWithBehaviour]) -> list[IndividualDocument]:
    is_rule = design.configuration.evolves == "update_rule"
    return [
        individual_document(
            row,
            short_formula(row.individual.phenotype) if is_rule else None,
            rates_at_losses(design, row.individual.phenotype),
        )
        for row in rows
    ]


def _detail(session: Session, run_id: int) -> RunDetail:
    row = existing_run(session, run_id)
    return run_detail(overviews(session, [row])[0], savings(session, run_id), sources_of(row.experiment))
