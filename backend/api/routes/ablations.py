"""Ablations: what each part of an update rule is good for."""

from fastapi import APIRouter
from fastapi.responses import Response

from backend.api.documents.ablations import AblationDocument, ablation_document
from backend.api.existing import existing_individual
from backend.api.failures import WRITING, failures
from backend.api.parameters import IndividualId, SentOnPurpose
from backend.api.services import UsesDatabase, UsesServices
from backend.experiments.ablation import ablation, request_ablation

router = APIRouter(prefix="/individuals/{individual_id}/ablation", tags=["individuals"])


@router.post("", status_code=202, responses=failures(404) | WRITING, dependencies=[SentOnPurpose])
def request_individual_ablation(
    individual_id: IndividualId, services: UsesServices, response: Response
) -> AblationDocument:
    """Train an update rule without each of its parts, as it was trained itself; its run is not changed by that."""
    with services.database.write() as session:
        to_send = request_ablation(session, individual_id)
    services.sender.send(to_send)
    response.headers["Location"] = f"/api/v1/individuals/{individual_id}/ablation"
    return get_individual_ablation(individual_id, services.database)


@router.get("", responses=failures(404))
def get_individual_ablation(individual_id: IndividualId, database: UsesDatabase) -> AblationDocument:
    """Get what each part of an update rule is good for, as far as that is known."""
    with database.read() as session:
        return ablation_document(ablation(session, existing_individual(session, individual_id).individual))
