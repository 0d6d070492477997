"""Evaluations: what is trained, for whom, and how it goes."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from backend.api.documents.document import Page
from backend.api.documents.evaluations import EvaluationDocument, evaluation_document
from backend.api.documents.runs import EvaluationStateName
from backend.api.existing import existing_run
from backend.api.failures import failures
from backend.api.paging import NUMBER_KEY, Paged, page_of, read_token
from backend.api.parameters import EvaluationId, RunId
from backend.api.services import UsesDatabase
from backend.experiments.errors import NotFound
from backend.store import evaluations, lists
from backend.store.run_summaries import clock
from backend.store.tables import Evaluation

router = APIRouter(tags=["evaluations"])


@router.get("/runs/{run_id}/evaluations", responses=failures(404))
def list_evaluations(
    run_id: RunId,
    database: UsesDatabase,
    paged: Paged,
    state: Annotated[list[EvaluationStateName], Query(description="only evaluations in one of these states")] = [],  # noqa: B006 - FastAPI copies it
) -> Page[EvaluationDocument]:
    """List a run's evaluations, oldest first."""
    order = f"evaluations:{run_id}"
    after = read_token(paged.token, order, NUMBER_KEY)
    with database.read() as session:
        existing_run(session, run_id)
        rows = lists.evaluations_page(session, run_id, states=state, after=after, limit=paged.size + 1)
        page, token = page_of(rows, paged.size, order, lambda row: row.id)
        return Page(items=evaluation_documents(session, page), next_page_token=token)


@router.get("/evaluations/{evaluation_id}", responses=failures(404))
def get_evaluation(evaluation_id: EvaluationId, database: UsesDatabase) -> EvaluationDocument:
    """Get an evaluation with the epochs done so far."""
    with database.read() as session:
        row = evaluations.get(session, evaluation_id)
        if row is None:
            raise NotFound("evaluation", evaluation_id)
        return evaluation_documents(session, [row])[0]


def evaluation_documents(session: Session, rows: Sequence[Evaluation]) -> list[EvaluationDocument]:
    """Return evaluations with who wanted them."""
    requests = lists.requests_for(session, [row.id for row in rows])
    time = clock(session)
    return [evaluation_document(row, requests, time) for row in rows]
