"""Proofs of exports: whether a file computes what the individual does."""

from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.responses import Response

from backend.api.documents.document import Page
from backend.api.documents.errors import Fault
from backend.api.documents.proofs import ProofDocument, ProofOrder, proof_list
from backend.api.errors import RequestError
from backend.api.failures import WRITING, failures
from backend.api.parameters import IndividualId
from backend.api.services import UsesDatabase, UsesServices
from backend.experiments.request_proof import proofs_of, request_proof
from backend.export.formats import NotExportable

router = APIRouter(prefix="/individuals/{individual_id}/proofs", tags=["individuals"])


@router.post("", status_code=202, responses=failures(404) | WRITING)
def request_individual_proof(
    individual_id: IndividualId, order: Annotated[ProofOrder, Body()], services: UsesServices, response: Response
) -> Page[ProofDocument]:
    """Let a worker run an export beside our own arithmetic; one that was proven before stays as it is."""
    try:
        with services.database.write() as session:
            to_send = request_proof(session, individual_id, order.format)
    except NotExportable as error:
        fault = Fault(pointer="/format", detail=str(error))
        raise RequestError(422, "invalid-request", str(error), [fault]) from None
    services.sender.send_proofs(to_send)
    response.headers["Location"] = f"/api/v1/individuals/{individual_id}/proofs"
    return list_individual_proofs(individual_id, services.database)


@router.get("", responses=failures(404))
def list_individual_proofs(individual_id: IndividualId, database: UsesDatabase) -> Page[ProofDocument]:
    """List what is known of an individual's exports, a format each."""
    with database.read() as session:
        return proof_list(proofs_of(session, individual_id))
