"""Workers."""

from fastapi import APIRouter

from backend.api.documents.document import Page
from backend.api.documents.workers import WorkerDocument, worker_document
from backend.api.services import UsesDatabase
from backend.store.worker_list import worker_list

router = APIRouter(prefix="/workers", tags=["workers"])


@router.get("")
def list_workers(database: UsesDatabase) -> Page[WorkerDocument]:
    """List the worker slots heard of within a day, and what each of them trains."""
    with database.read() as session:
        return Page(items=[worker_document(seen) for seen in worker_list(session)])
