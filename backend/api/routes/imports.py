"""Imports: files of the original AutoLR as an experiment, a grammar, settings."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from backend.api.archive import files_of_archive
from backend.api.documents.errors import Fault
from backend.api.documents.imports import ImportDocument
from backend.api.documents.not_taken_over import not_taken_over_document
from backend.api.errors import RequestError
from backend.api.failures import WRITING, failures
from backend.api.parameters import SentOnPurpose
from backend.api.services import UsesDatabase
from backend.experiments.import_original import ReadImport, read_import, store_import
from backend.originals.errors import UnreadableOriginal
from backend.store.database import Database

# A run of 1,500 generations of 20 is about 10 MB when packed.
LARGEST_ARCHIVE = 60_000_000
MEDIA_TYPE = "application/zip"

router = APIRouter(prefix="/imports", tags=["imports"])
_BODY = {
    "requestBody": {
        "required": True,
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}, "example": "bytes of an archive"}},
        "description": "a zip archive with any of: a parameter YAML, a grammar's text, folders run_N with their dumps",
    }
}


@router.post("", status_code=201, responses=WRITING | failures(415), dependencies=[SentOnPurpose], openapi_extra=_BODY)
async def import_original(request: Request, database: UsesDatabase) -> ImportDocument:
    """Import files of the original AutoLR: all of them, or, with the reason, nothing."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise RequestError(415, "unsupported-media-type", f"The body must be a zip archive ({MEDIA_TYPE}).")
    content = await request.body()
    return await run_in_threadpool(_imported, database, content)


def _imported(database: Database, content: bytes) -> ImportDocument:
    try:
        read = read_import(files_of_archive(content))
    except UnreadableOriginal as error:
        fault = Fault(pointer="", line=error.line, detail=error.why)
        raise RequestError(422, "unreadable-original", f"Nothing was imported. {error}", [fault]) from None
    if not read.original.runs:
        return _document(read, None, [])
    with database.write() as session:
        experiment, runs = store_import(session, read)
        return _document(read, experiment.id, [run.id for run in runs])


def _document(read: ReadImport, experiment_id: int | None, run_ids: list[int]) -> ImportDocument:
    return ImportDocument(
        experiment_id=experiment_id,
        run_ids=run_ids,
        name=read.name,
        evolves=read.original.grammar.evolves if read.original.grammar else None,
        grammar=read.grammar,
        overrides=read.order.overrides,
        configuration=read.order.configuration,
        not_taken_over=[not_taken_over_document(each) for each in read.not_taken_over],
    )
